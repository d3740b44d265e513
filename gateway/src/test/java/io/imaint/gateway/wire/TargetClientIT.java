package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.TargetFailure.Kind;
import io.imaint.gateway.flow.Targets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class TargetClientIT {
    static {
        Leaks.install();
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final WireLoops loops = WireLoops.start(1, InstantSource.system());
    private final WireLimits limits =
            new WireLimits(WireRig.CLIENTS, 100_000, 200_000, 2, 2, Duration.ofSeconds(20), Duration.ofMinutes(1));
    private final TargetClient targets = new TargetClient(loops, limits, TlsMaterial.NONE);

    @AfterEach
    void close() {
        targets.close();
        loops.close();
        Leaks.assertNone();
    }

    private static TargetCall get(String origin) {
        return new TargetCall(origin, Message.request("GET", "/orders", "$top=1"));
    }

    private static TargetCall call(String origin, Message request, Duration connect, Duration read) {
        return new TargetCall(origin, null, request, connect, read, false, "", "");
    }

    private Kind failure(TargetCall call) {
        var failed = catchThrowableOfType(TargetFailure.class, () -> targets.exchange(call));
        assertThat(failed).as("a failure").isNotNull();
        return failed.kind();
    }

    @Test
    void sendsARequestWithTheHeadersOfItsOwn() throws Exception {
        try (var target = ScriptedTarget.answering(OK)) {
            var request = Message.request("POST", "/orders", "a=b");
            request.headers().set("Host", "client.example");
            request.headers().set("Connection", "keep-alive");
            request.headers().set("Content-Length", "999");
            request.headers().set("Transfer-Encoding", "chunked");
            request.headers().set("X-A", "b");
            request.body(Body.of("hello"));
            var answer = targets.exchange(new TargetCall(target.origin(), request));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.reason()).isEqualTo("OK");
            assertThat(answer.content()).isEqualTo("ok");
            assertThat(target.heads)
                    .containsExactly("POST /orders?a=b HTTP/1.1\r\nHost: "
                            + target.origin().substring(7) + "\r\nX-A: b\r\nContent-Length: 5\r\n\r\n");
        }
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        try (var target = ScriptedTarget.answering(OK)) {
            for (int i = 0; i < 5; i++) {
                targets.exchange(get(target.origin()));
            }
            assertThat(target.connections).hasSize(1);
        }
    }

    @Test
    void closesAConnectionThatTheTargetDoesNotKeep() throws Exception {
        try (var target = ScriptedTarget.answering(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))) {
            targets.exchange(get(target.origin()));
            targets.exchange(get(target.origin()));
            assertThat(target.connections).hasSize(2);
        }
    }

    @Test
    void keepsNoHeaderThatIsMeantForTheConnection() throws Exception {
        try (var target = ScriptedTarget.answering(OK.replace(
                "\r\n\r\n",
                "\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: timeout=5\r\nX-Hop: a\r\nX-End: b\r\n\r\n"))) {
            var answer = targets.exchange(get(target.origin()));
            assertThat(answer.headers().names()).containsExactly("Content-Length", "X-End");
        }
    }

    @Test
    void readsBodiesInAllForms() throws Exception {
        try (var chunks = ScriptedTarget.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nX-T: a\r\n\r\n");
                var untilClose = ScriptedTarget.start((number, head, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\nabc".getBytes(ISO_8859_1));
                    return false;
                });
                var interim = ScriptedTarget.answering("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK);
                var none = ScriptedTarget.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            for (int i = 0; i < 2; i++) {
                assertThat(targets.exchange(get(chunks.origin())).content()).isEqualTo("abc");
                assertThat(targets.exchange(get(untilClose.origin())).content()).isEqualTo("abc");
                assertThat(targets.exchange(get(interim.origin())).content()).isEqualTo("ok");
                assertThat(targets.exchange(get(none.origin())).status()).isEqualTo(204);
            }
            assertThat(chunks.connections).hasSize(1);
            assertThat(untilClose.connections).hasSize(2);
            assertThat(none.connections).hasSize(1);
        }
    }

    @Test
    void waitsForNoBodyOfHead() throws Exception {
        try (var target = ScriptedTarget.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")) {
            for (int i = 0; i < 2; i++) {
                var answer = targets.exchange(new TargetCall(target.origin(), Message.request("HEAD", "/orders", "")));
                assertThat(answer.headers().line("Content-Length")).isEqualTo("5000");
                assertThat(answer.bytes()).isEmpty();
            }
            assertThat(target.connections).hasSize(1);
        }
    }

    record Invalid(String name, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Invalid> invalidAnswers() {
        var body = "\r\n\r\n0\r\n\r\n";
        return Stream.of(
                new Invalid("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                new Invalid("no status", "HTTP/1.1 OK\r\n\r\n"),
                new Invalid("status 99", "HTTP/1.1 099 OK\r\n\r\n"),
                new Invalid("switched protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
                new Invalid(
                        "length and chunks",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked" + body),
                new Invalid("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4" + body),
                new Invalid("a folded header", "HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
                new Invalid("bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
                new Invalid("a bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
                new Invalid("headers of 26 KB", "HTTP/1.1 200 OK\r\nX-A: " + "x".repeat(26_000) + body),
                new Invalid("endless headers", "HTTP/1.1 200 OK\r\nX-A: " + "x".repeat(60_000)));
    }

    @ParameterizedTest
    @MethodSource("invalidAnswers")
    void failsForAnswersThatAreNoHttp(Invalid answer) throws Exception {
        try (var target = ScriptedTarget.answering(answer.answer)) {
            assertThat(failure(get(target.origin()))).isEqualTo(Kind.INVALID);
        }
    }

    @Test
    void failsForAnAnswerThatBreaksOff() throws Exception {
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(ISO_8859_1));
            return false;
        })) {
            assertThat(failure(get(target.origin()))).isEqualTo(Kind.BROKEN);
            assertThat(target.heads).hasSize(1);
        }
    }

    @Test
    void failsForAnAnswerThatIsTooLarge() throws Exception {
        try (var told = ScriptedTarget.answering("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n");
                var chunks = ScriptedTarget.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("2710\r\n" + "x".repeat(10_000) + "\r\n").repeat(11) + "0\r\n\r\n")) {
            assertThat(failure(get(told.origin()))).isEqualTo(Kind.TOO_LARGE);
            assertThat(failure(get(chunks.origin()))).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void failsForATargetThatIsNotThere() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(failure(get("http://127.0.0.1:" + port))).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(get("http://nothing.invalid"))).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(get("ftp://127.0.0.1"))).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(get("nonsense"))).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(get("http://127.0.0.1:99999"))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void failsForATargetThatIsSilent() throws Exception {
        var over = new CountDownLatch(1);
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
            awaited(over);
            return false;
        })) {
            var call = call(
                    target.origin(),
                    Message.request("GET", "/", ""),
                    TargetCall.CONNECT_TIMEOUT,
                    Duration.ofMillis(300));
            assertThat(failure(call)).isEqualTo(Kind.TIMEOUT);
            over.countDown();
        }
    }

    @Test
    void failsForATargetOnPremiseAsLongAsThereIsNoConnector() throws Exception {
        var plain = get("http://sap.example.com:44300");
        var call = new TargetCall(
                plain.origin(), "", plain.request(), plain.connectTimeout(), plain.readTimeout(), false, "", "");
        assertThat(failure(call)).isEqualTo(Kind.NO_CONNECTOR);
    }

    @Test
    void failsForAnAnswerThatDripsLongerThanItsExchangeMayTake() throws Exception {
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n".getBytes(ISO_8859_1));
            for (int i = 0; i < 10_000; i++) {
                out.write('.');
                out.flush();
                LockSupport.parkNanos(10_000_000);
            }
            return true;
        })) {
            var plain = get(target.origin());
            var call = new TargetCall(
                    plain.origin(),
                    null,
                    plain.request(),
                    plain.connectTimeout(),
                    plain.readTimeout(),
                    false,
                    "",
                    "",
                    Duration.ofMillis(500),
                    () -> false);
            assertThat(failure(call)).isEqualTo(Kind.TIMEOUT);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void failsForATargetThatDoesNotTakeTheRequest() throws Exception {
        var over = new CountDownLatch(1);
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
            awaited(over);
            return false;
        })) {
            var request = Message.request("POST", "/", "");
            request.body(new Body.Bytes(new byte[32 << 20]));
            var call = call(target.origin(), request, TargetCall.CONNECT_TIMEOUT, Duration.ofMillis(500));
            assertThat(failure(call)).isEqualTo(Kind.WRITE_TIMEOUT);
            over.countDown();
        }
    }

    @Test
    void sendsAgainWhatAKeptConnectionLost() throws Exception {
        try (var target = ScriptedTarget.forgetful(OK, new CountDownLatch(1))) {
            targets.exchange(get(target.origin()));
            assertThat(targets.exchange(get(target.origin())).content()).isEqualTo("ok");
            assertThat(target.connections).hasSize(2);
            assertThat(target.heads).hasSize(3);
        }
    }

    @Test
    void doesNotSendAPostTwice() throws Exception {
        try (var target = ScriptedTarget.forgetful(OK, new CountDownLatch(1))) {
            targets.exchange(get(target.origin()));
            var post = new TargetCall(target.origin(), Message.request("POST", "/orders", ""));
            assertThat(failure(post)).isEqualTo(Kind.BROKEN);
            assertThat(target.heads).hasSize(2);
        }
    }

    @Test
    void sendsNothingAgainOnANewConnection() throws Exception {
        try (var target = ScriptedTarget.start((number, head, in, out) -> false)) {
            assertThat(failure(get(target.origin()))).isEqualTo(Kind.BROKEN);
            assertThat(target.heads).hasSize(1);
        }
    }

    @Test
    void boundsConnectionsAndThoseWhoWait() throws Exception {
        var open = new CountDownLatch(1);
        try (var target = ScriptedTarget.start((number, head, in, out) -> {
            awaited(open);
            out.write(OK.getBytes(ISO_8859_1));
            return true;
        })) {
            var replies = new ArrayList<CompletableFuture<Message>>();
            for (int i = 0; i < 5; i++) {
                var reply = new CompletableFuture<Message>();
                replies.add(reply);
                targets.send(get(target.origin()), new Targets.Reply() {
                    @Override
                    public void answered(Message response) {
                        reply.complete(response);
                    }

                    @Override
                    public void failed(TargetFailure failure) {
                        reply.completeExceptionally(failure);
                    }
                });
            }
            assertThatThrownBy(replies.getLast()::get).hasMessageContaining("too many requests wait");
            await().until(() -> target.heads.size() == 2);
            open.countDown();
            for (var reply : replies.subList(0, 4)) {
                assertThat(reply.get().content()).isEqualTo("ok");
            }
            assertThat(target.connections).hasSize(2);
        }
    }

    @Test
    void writesNoSecondRequestWhateverAMessageHas() throws Exception {
        try (var target = ScriptedTarget.answering(OK)) {
            var request = Message.request("GET", "/a b\r\nX: y", "c=d e\r\n\u00e9");
            request.headers().set("X-A", "\u010a\u0a0d");
            targets.exchange(new TargetCall(target.origin(), request));
            assertThat(target.heads.getFirst())
                    .startsWith("GET /a%20b%0D%0AX:%20y?c=d%20e%0D%0A%C3%A9 HTTP/1.1\r\n")
                    .contains("X-A: ??\r\n");
            var split = Message.request("GET / HTTP/1.1\r\nX", "/", "");
            assertThat(failure(new TargetCall(target.origin(), split))).isEqualTo(Kind.INVALID);
            assertThat(target.heads).hasSize(1);
        }
    }

    @Test
    void refusesToWaitOnAnEventLoop() throws Exception {
        var refused = new CompletableFuture<String>();
        loops.group().next().execute(() -> {
            try {
                targets.exchange(get("http://127.0.0.1:1"));
            } catch (IllegalStateException wouldWait) {
                refused.complete(String.valueOf(wouldWait.getMessage()));
            } catch (TargetFailure | InterruptedException other) {
                refused.completeExceptionally(other);
            }
        });
        assertThat(refused.get()).contains("must not wait");
    }

    @Test
    void closesConnectionsThatNobodyUses() throws Exception {
        var brief = new WireLimits(WireRig.CLIENTS, 100, 100, 2, 2, Duration.ofMillis(200), Duration.ofMinutes(1));
        try (var target = ScriptedTarget.answering(OK);
                var own = new TargetClient(loops, brief, TlsMaterial.NONE)) {
            own.exchange(get(target.origin()));
            assertThat(own.openConnections()).isEqualTo(1);
            await().until(() -> own.openConnections() == 0);
        }
    }
}
