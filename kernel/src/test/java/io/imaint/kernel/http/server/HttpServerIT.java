package io.imaint.kernel.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HttpServerIT {
    private static final byte[] TEXT = "0123456789".getBytes(US_ASCII);
    private static final ServerLimits LIMITS =
            new ServerLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 1, 16 << 10, 10, 10, address -> false);

    /** A handler of one test. */
    private interface Work {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static HttpServer start(Work work) throws ListenFailed {
        var handler = new HttpHandler() {
            @Override
            public void handle(HttpExchange exchange) throws IOException {
                work.handle(exchange);
            }

            @Override
            public void refuse(HttpExchange exchange, Refusal refusal) {
                exchange.send(refusal.status(), out -> {}, new byte[0]);
            }
        };
        return HttpServer.start(
                List.of(new HttpServer.Listener("127.0.0.1", 0, handler)), LIMITS, Duration.ofSeconds(1));
    }

    /** What comes for one request until the server closes. */
    private static String answer(Work work, String method) throws IOException {
        try (var server = start(work);
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        server.addresses().getFirst().getPort())) {
            socket.setSoTimeout(20_000);
            var request = method + " / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void stream(HttpExchange exchange, long length) throws IOException {
        try (var out = Objects.requireNonNull(exchange.stream(200, headers -> {}, length))) {
            if (!exchange.method().equals("HEAD")) {
                out.write(TEXT);
            }
        }
    }

    @Test
    void streamsBodiesOfKnownAndUnknownLength() throws IOException {
        assertThat(answer(exchange -> stream(exchange, TEXT.length), "GET"))
                .contains("Content-Length: 10\r\n")
                .endsWith("\r\n\r\n0123456789");
        assertThat(answer(exchange -> stream(exchange, HttpExchange.LENGTH_UNKNOWN), "GET"))
                .contains("0123456789");
        assertThat(answer(exchange -> stream(exchange, TEXT.length), "HEAD"))
                .contains("Content-Length: 10\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void breaksOffAStreamWhoseHandlerFails() throws IOException {
        var answer = answer(
                exchange -> {
                    var out = Objects.requireNonNull(exchange.stream(200, headers -> {}, HttpExchange.LENGTH_UNKNOWN));
                    out.write(TEXT);
                    out.flush();
                    throw new IllegalStateException("in the middle");
                },
                "GET");
        assertThat(answer).contains("0123456789").doesNotEndWith("0\r\n\r\n").doesNotContain("in the middle");
    }

    @Test
    void closesWithoutAnAnswerWhereTheHandlerHangsUp() throws IOException {
        assertThat(answer(HttpExchange::hangUp, "GET")).isEmpty();
    }

    @Test
    void answersForAHandlerThatFailsOrDoesNot() throws IOException {
        assertThat(answer(exchange -> {}, "GET")).startsWith("HTTP/1.1 500 ");
        assertThat(answer(
                        exchange -> {
                            throw new IllegalStateException("secret");
                        },
                        "GET"))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("secret");
    }

    @Test
    void answersOnce() throws IOException {
        var answer = answer(
                exchange -> {
                    assertThat(exchange.send(200, out -> {}, TEXT)).isTrue();
                    assertThat(exchange.send(500, out -> {}, TEXT)).isFalse();
                    assertThat(exchange.stream(500, out -> {}, 0)).isNull();
                },
                "GET");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("0123456789");
    }

    @Test
    void sendsTheAnswerOfAHandlerThatWasInterrupted() throws IOException {
        var answer = answer(
                exchange -> {
                    Thread.currentThread().interrupt();
                    exchange.send(200, out -> {}, TEXT);
                },
                "GET");
        assertThat(answer).endsWith("0123456789");
    }

    @Test
    void saysWhereItCannotListen() throws IOException {
        try (var server = start(exchange -> {})) {
            int port = server.addresses().getFirst().getPort();
            var again = new HttpServer.Listener("127.0.0.1", port, new HttpHandler() {
                @Override
                public void handle(HttpExchange exchange) {}

                @Override
                public void refuse(HttpExchange exchange, Refusal refusal) {}
            });
            assertThatThrownBy(() -> HttpServer.start(List.of(again), LIMITS, Duration.ZERO))
                    .isInstanceOfSatisfying(ListenFailed.class, failed -> {
                        assertThat(failed.taken()).isTrue();
                        assertThat(failed.port()).isEqualTo(port);
                    });
        }
    }
}
