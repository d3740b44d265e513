package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class GatewayServerIT {
    private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST = GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    /** Keeps requests until the test answers them. */
    private record Keeping(LinkedBlockingQueue<Exchange> exchanges) implements ExchangeHandler {
        Keeping() {
            this(new LinkedBlockingQueue<>());
        }

        @Override
        public boolean streams(Message head) {
            return false;
        }

        @Override
        public void handle(Exchange exchange) {
            exchanges.add(exchange);
        }
    }

    private static WireRig keeping(Keeping handler) throws IOException {
        return WireRig.start(WireRig.LIMITS, targets -> handler);
    }

    @Test
    void handsRequestsOver() throws Exception {
        var handler = new Keeping();
        try (var rig = keeping(handler);
                var socket = rig.connect()) {
            var request =
                    "PUT /a/b?c=d&e HTTP/1.1\r\nHost: x:1\r\nX-A: 1\r\nx-a:2\t\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                            + "TE: trailers\r\nContent-Length: 3\r\n\r\nabc";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var exchange = handler.exchanges.take();
            var message = exchange.request();
            assertThat(message.verb()).isEqualTo("PUT");
            assertThat(message.path()).isEqualTo("/a/b");
            assertThat(message.query()).isEqualTo("c=d&e");
            assertThat(message.content()).isEqualTo("abc");
            assertThat(message.headers().values("X-A")).containsExactly("1", "2");
            assertThat(message.headers().names()).containsExactly("Host", "X-A", "Content-Length");
            var client = exchange.client();
            assertThat(client.port()).isEqualTo(socket.getLocalPort());
            assertThat(client.localPort()).isEqualTo(rig.address().getPort());
            assertThat(client.address().isLoopbackAddress()).isTrue();
            assertThat(client.scheme()).isEqualTo("http");
            assertThat(client.tls()).isEmpty();
            var sent = new CompletableFuture<Boolean>();
            exchange.respond(WireRig.text("hello"), () -> sent.complete(true));
            assertThat(sent.get()).isTrue();
            var head = WireRig.until(socket, "\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 200 OK\r\nDate: ").endsWith("GMT\r\nContent-Length: 5\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes(5))
                    .asString(ISO_8859_1)
                    .isEqualTo("hello");
        }
    }

    @Test
    void answersRequestsThatWereSentAheadInTheirOrder() throws Exception {
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> WireRig.text(request.path()))) {
            var requests = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            var text = rig.ask(requests + LAST);
            int at = 0;
            for (int i = 0; i < 500; i++) {
                at = text.indexOf("\r\n\r\n/" + i + "HTTP", at);
                assertThat(at).as("answer %d", i).isPositive();
            }
        }
    }

    @Test
    void answersFromOtherThreadsInTheOrderOfTheRequests() throws Exception {
        var handler = new Keeping();
        try (var rig = keeping(handler);
                var socket = rig.connect()) {
            socket.getOutputStream().write((GET + LAST).getBytes(ISO_8859_1));
            handler.exchanges.take().respond(WireRig.text("one"), () -> {});
            handler.exchanges.take().respond(WireRig.text("two"), () -> {});
            assertThat(WireRig.untilEnd(socket)).containsSubsequence("one", "two");
        }
    }

    @Test
    void sendsNoBodyWhereNoneMayBe() throws IOException {
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> {
            var answer = Message.response(Integer.parseInt(request.path().substring(1)), "X");
            answer.body(Body.of("hello"));
            return answer;
        })) {
            assertThat(rig.ask("HEAD /200 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .contains("Content-Length: 5\r\n")
                    .endsWith("\r\n\r\n");
            for (int status : List.of(204, 304)) {
                assertThat(rig.ask(LAST.replace("/a?b=c", "/" + status)))
                        .doesNotContain("Content-Length")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void passesTheLengthOfHeadOn() throws IOException {
        try (var target = ScriptedTarget.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
                var rig = WireRig.passing(target.origin(), false)) {
            assertThat(rig.ask(LAST.replace("GET", "HEAD"))).contains("Content-Length: 5000\r\n");
        }
    }

    @Test
    void sendsLargeBodiesWhole() throws IOException {
        var large = "0123456789abcdef".repeat(300_000);
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> WireRig.text(large))) {
            var text = rig.ask(GET + LAST);
            assertThat(text.length()).isGreaterThan(large.length() * 2);
            assertThat(text).endsWith(large);
        }
    }

    @Test
    void writesNoSecondAnswerWhateverAMessageHas() throws IOException {
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> {
            var answer = Message.response(200, "O\r\nX-B: c");
            assertThatThrownBy(() -> request.headers().set("X-A", "b\r\nX-B: c"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> request.headers().set("X-B: c\r\nX-A", "b"))
                    .isInstanceOf(IllegalArgumentException.class);
            request.headers().set("X-A", "\u010d\u010aX-B: c");
            answer.headers(request.headers());
            return answer;
        })) {
            assertThat(rig.ask(LAST)).startsWith("HTTP/1.1 200 O??X-B: c\r\n").contains("X-A: ??X-B: c\r\n");
        }
    }

    @Test
    void answersForAHandlerThatFails() throws IOException {
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> {
            throw new IllegalStateException("secret");
        })) {
            assertThat(rig.ask(LAST)).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
        }
    }

    @Test
    void answersForAHandlerThatNeverDoes() throws Exception {
        var limits = WireLimits.standard(WireRig.CLIENTS, Duration.ofMillis(300));
        var handler = new Keeping();
        try (var rig = WireRig.start(limits, targets -> handler);
                var socket = rig.connect()) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            assertThat(WireRig.untilEnd(socket))
                    .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
                    .endsWith(
                            "{\"fault\":{\"faultstring\":\"Gateway Timeout\",\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.GatewayTimeout\"}}}");
            var late = new CompletableFuture<Boolean>();
            handler.exchanges.take().respond(WireRig.text("late"), () -> late.complete(true));
            assertThat(late.get()).isTrue();
        }
    }

    /** Refuses every request, and must see no other. */
    record Refusing(AtomicInteger asked) implements ExchangeHandler {
        @Override
        public Optional<Message> refusal(Message head, Client client) {
            asked.incrementAndGet();
            return Optional.of(Message.response(403, "Forbidden"));
        }

        @Override
        public boolean streams(Message head) {
            throw new AssertionError("it is refused");
        }

        @Override
        public void handle(Exchange exchange) {
            throw new AssertionError("it is refused");
        }
    }

    @Test
    void refusesOnTheHeadAndReadsNoBody() throws IOException {
        var asked = new AtomicInteger();
        try (var refusing = WireRig.start(WireRig.LIMITS, targets -> new Refusing(asked));
                var socket = refusing.connect()) {
            var head = "POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            assertThat(WireRig.until(socket, "\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("Connection: close");
            socket.getOutputStream().write(new byte[1000]);
            assertThat(WireRig.untilEnd(socket)).isEmpty();
            assertThat(refusing.ask("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                            .concat("GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")))
                    .containsSubsequence("HTTP/1.1 403 ", "HTTP/1.1 403 ");
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void tellsThatAnAnswerIsSentThoughItsClientIsGone() throws Exception {
        var handler = new Keeping();
        try (var rig = keeping(handler)) {
            Exchange exchange;
            try (var socket = rig.connect()) {
                socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
                exchange = handler.exchanges.take();
            }
            await().until(() -> rig.server.connections() == 0);
            var sent = new CompletableFuture<Boolean>();
            exchange.respond(WireRig.text("late"), () -> sent.complete(true));
            assertThat(sent.get()).isTrue();
        }
    }

    @Test
    void finishesRunningRequestsBeforeItStops() throws Exception {
        var handler = new Keeping();
        try (var rig = keeping(handler);
                var busy = rig.connect();
                var idle = rig.connect()) {
            assertThat(rig.server.ready()).isTrue();
            idle.getOutputStream().write(GET.getBytes(ISO_8859_1));
            handler.exchanges.take().respond(WireRig.text("first"), () -> {});
            WireRig.until(idle, "first");
            busy.getOutputStream().write(GET.getBytes(ISO_8859_1));
            var exchange = handler.exchanges.take();
            var stopping = Thread.ofVirtual().start(rig.server::close);
            assertThat(WireRig.untilEnd(idle)).isEmpty();
            assertThat(rig.server.ready()).isFalse();
            assertThatThrownBy(rig::connect).isInstanceOf(IOException.class);
            exchange.respond(WireRig.text("second"), () -> {});
            assertThat(WireRig.untilEnd(busy)).contains("Connection: close\r\n").endsWith("second");
            stopping.join();
        }
    }

    @Test
    void servesWithTheSelectorOfTheRuntimeToo() throws IOException {
        try (var rig = WireRig.start(
                WireRig.LIMITS,
                Optional.empty(),
                WireLoops.startPortable(1, InstantSource.system()),
                targets -> new PassThrough(targets, "http://127.0.0.1:1", false))) {
            assertThat(rig.ask(LAST)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void saysWhereItCannotListen() throws IOException {
        try (var rig = WireRig.answering(WireRig.LIMITS, request -> WireRig.text("a"))) {
            int port = rig.address().getPort();
            assertThatThrownBy(() -> GatewayServer.start(
                            List.of(new GatewayServer.Listener("127.0.0.1", port, Optional.empty())),
                            rig.loops,
                            WireRig.LIMITS,
                            new Keeping(),
                            Duration.ZERO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + port);
        }
    }
}
