package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;
import io.imaint.kernel.http.server.ServerLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server does with bytes that are no request, with requests after a refusal, with slowness and floods. */
@NullMarked
class StrictnessIT {
    private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: x\r\n";
    private static final String NEXT = HELLO + "Connection: close\r\n\r\n";
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String TEXT = "12345678901234567890";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"; // 37 bytes

    @SuppressWarnings("NullAway.Init")
    private static WireRig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = WireRig.answering(WireRig.LIMITS, StrictnessIT::echo);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static Message echo(Message request) {
        var answer = Message.response(200, "OK");
        answer.body(request.body());
        return answer;
    }

    /**
     * Bytes on a connection, followed by a good request.
     *
     * @param statuses of the answers to the bytes
     * @param open whether the good request is answered as well
     */
    record Case(String name, String bytes, List<Integer> statuses, boolean open) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case closes(String name, String bytes, Integer... statuses) {
        return new Case(name, bytes, List.of(statuses), false);
    }

    private static Case stays(String name, String bytes, Integer... statuses) {
        return new Case(name, bytes, List.of(statuses), true);
    }

    static List<Case> bodies() {
        var length = "Content-Length: 37\r\n\r\n" + SMUGGLED;
        return List.of(
                stays("a body", POST + "Content-Length: 20\r\n\r\n" + TEXT, 200),
                stays("a body that is a request", POST + length, 200),
                stays("a body of GET", HELLO + length, 200),
                stays("an empty line after a body", POST + "Content-Length: 20\r\n\r\n" + TEXT + "\r\n", 200),
                closes("a body, close", POST + "Connection: close\r\n" + length, 200),
                closes(
                        "a body that is too large",
                        POST + "Content-Length: 10485761\r\n\r\n" + SMUGGLED.repeat(60),
                        413),
                stays("two requests at once", HELLO + "\r\n" + HELLO + "\r\n", 200, 200),
                stays("chunks", CHUNKED + "A\r\n1234567890\r\na\r\n1234567890\r\n0\r\n\r\n", 200),
                stays("trailers", CHUNKED + "14\r\n" + TEXT + "\r\n0\r\nX-A: b\r\nX-B: c\r\n\r\n", 200),
                stays("a chunk's extension", CHUNKED + "14;a=b\r\n" + TEXT + "\r\n0\r\n\r\n", 200),
                closes("unknown expectation", HELLO + "Expect: miracles\r\n\r\n", 417),
                closes("close without a body", HELLO + "Connection: close\r\n\r\n", 200));
    }

    static List<Case> lengths() {
        return List.of(
                closes(
                        "length and chunks",
                        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                closes(
                        "chunks and length",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                        400),
                closes("two lengths", POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
                closes("a length twice", POST + "Content-Length: 20\r\nContent-Length: 20\r\n\r\n" + TEXT, 400),
                closes("a list of lengths", POST + "Content-Length: 20, 20\r\n\r\n" + TEXT, 400),
                closes("a signed length", POST + "Content-Length: +20\r\n\r\n" + TEXT, 400),
                closes("a negative length", POST + "Content-Length: -1\r\n\r\n", 400),
                closes("an empty length", POST + "Content-Length: \r\n\r\n", 400),
                closes("a huge length", POST + "Content-Length: 99999999999999999999\r\n\r\n", 400),
                closes("a length in hex", POST + "Content-Length: 0x14\r\n\r\n" + TEXT, 400),
                closes("coding identity", POST + "Transfer-Encoding: identity\r\n\r\n", 400),
                closes("coding xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n", 400),
                closes("chunked before identity", POST + "Transfer-Encoding: chunked, identity\r\n\r\n", 400),
                closes("gzip before chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
                closes(
                        "chunked twice",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                closes("a vertical tab before chunked", POST + "Transfer-Encoding: \013chunked\r\n\r\n0\r\n\r\n", 400),
                closes("chunk size zz", CHUNKED + "zz\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("chunk size -1", CHUNKED + "-1\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("chunk size 0x14", CHUNKED + "0x14\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("no chunk size", CHUNKED + "\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("a blank after a chunk size", CHUNKED + "14 \r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("chunk size of 17 digits", CHUNKED + "10000000000000014\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("a long extension", CHUNKED + "14;" + "a".repeat(300) + "\r\n" + TEXT + "\r\n0\r\n\r\n", 400),
                closes("no line end after a chunk", CHUNKED + "14\r\n" + TEXT + "XX0\r\n\r\n", 400),
                closes("bare LF around a chunk", CHUNKED + "14\n" + TEXT + "\n0\n\n", 400),
                closes("long trailers", CHUNKED + "0\r\n" + "X-A: b\r\n".repeat(2_000) + "\r\n", 400),
                closes("HTTP/1.0 in chunks", CHUNKED.replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n", 400));
    }

    static List<Case> heads() {
        return List.of(
                closes("HTTP/1.0", "GET /hello HTTP/1.0\r\nHost: x\r\n\r\n", 200),
                closes("HTTP/1.0 without a host", "GET /hello HTTP/1.0\r\n\r\n", 200),
                stays("HTTP/1.0, kept", "GET /hello HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n", 200),
                closes("HTTP/3.7", "GET /hello HTTP/3.7\r\nHost: x\r\n\r\n", 505),
                closes("http/1.1", "GET /hello http/1.1\r\nHost: x\r\n\r\n", 400),
                closes("no version", "GET /hello\r\nHost: x\r\n\r\n", 400),
                closes("two blanks", "GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                closes("a tab for a blank", "GET\t/hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                closes("no host", "GET /hello HTTP/1.1\r\n\r\n", 400),
                closes("two hosts", HELLO + "Host: y\r\n\r\n", 400),
                closes("a host twice", HELLO + "host: x\r\n\r\n", 400),
                closes("a host with a path", "GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n", 400),
                closes("a host with a user", "GET /hello HTTP/1.1\r\nHost: a@x\r\n\r\n", 400),
                closes("two hosts in one", "GET /hello HTTP/1.1\r\nHost: x, y\r\n\r\n", 400),
                closes("a head of bare LF", "GET /hello HTTP/1.1\nHost: x\n\n", 400),
                closes("a bare LF in a head", "GET /hello HTTP/1.1\r\nX-A: b\nHost: x\r\n\r\n", 400),
                closes("a bare CR in a header", HELLO + "X-A: b\rX-B: c\r\n\r\n", 400),
                closes("a null in a header", HELLO + "X-A: b\0c\r\n\r\n", 400),
                closes("a header's name with a space", HELLO + "X-A : b\r\n\r\n", 400),
                closes("a blank before the first header", "GET /hello HTTP/1.1\r\n Host: x\r\n\r\n", 400),
                closes("a header without a name", HELLO + ": b\r\n\r\n", 400),
                closes("a header without a colon", HELLO + "X-A\r\n\r\n", 400),
                closes("a name that is no token", HELLO + "X(A): b\r\n\r\n", 400),
                closes("a folded header", HELLO + "X-A: b\r\n c\r\n\r\n", 400),
                closes("no method", "G@T /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                closes("an empty method", " /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                closes("headers of 20 KB", HELLO + "X-A: " + "x".repeat(20_000) + "\r\n\r\n", 431),
                closes("endless headers", HELLO + "X-A: " + "x".repeat(40_000), 431),
                stays("headers of 18 KB", HELLO + "X-A: " + "x".repeat(18_400) + "\r\n\r\n", 200),
                closes("101 headers", HELLO + "X-A: b\r\n".repeat(100) + "\r\n", 431),
                closes(
                        "an address of 10 KB",
                        "GET /hello?q=" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        414),
                closes("an endless address", "GET /hello?q=" + "x".repeat(40_000), 414),
                stays("an address of 7 KB", "GET /hello?q=" + "x".repeat(7_140) + " HTTP/1.1\r\nHost: x\r\n\r\n", 200),
                closes("TRACE", "TRACE /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405),
                closes("CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n", 405),
                closes("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 405),
                stays("a method of no standard", POST.replace("POST", "BREW") + "\r\n", 200));
    }

    static List<Case> addresses() {
        return List.of(
                closes("an encoded dot segment", HELLO.replace("hello", "a/%2e%2E/hello") + "\r\n", 400),
                closes("a dot segment", HELLO.replace("hello", "a/../hello") + "\r\n", 400),
                closes("a dot segment at the end", HELLO.replace("hello", "a/..") + "\r\n", 400),
                closes("a half encoded dot segment", HELLO.replace("hello", "a/.%2e/hello") + "\r\n", 400),
                closes("a dot segment with a parameter", HELLO.replace("hello", "a/..;x/hello") + "\r\n", 400),
                closes("an encoded null", HELLO.replace("hello", "hel%00lo") + "\r\n", 400),
                closes("a broken escape", HELLO.replace("hello", "hel%zzlo") + "\r\n", 400),
                closes("half an escape", HELLO.replace("hello", "hello%2") + "\r\n", 400),
                closes("an empty segment", HELLO.replace("/hello", "//hello") + "\r\n", 400),
                closes("a fragment", HELLO.replace("hello", "hello#x") + "\r\n", 400),
                closes("a backslash", HELLO.replace("hello", "a\\hello") + "\r\n", 400),
                closes("a byte beyond ASCII", HELLO.replace("hello", "h\u00e9llo") + "\r\n", 400),
                closes("no slash", HELLO.replace("/hello", "hello") + "\r\n", 400),
                closes("another scheme", HELLO.replace("/hello", "ftp://x/hello") + "\r\n", 400),
                closes("another host in the address", HELLO.replace("/hello", "http://y/hello") + "\r\n", 400),
                stays("the host in the address", HELLO.replace("/hello", "http://X/hello") + "\r\n", 200),
                stays("the host and no path in the address", HELLO.replace("/hello", "http://x?a=b") + "\r\n", 200),
                closes("an encoded slash", HELLO.replace("hello", "a%2Fhello") + "\r\n", 400),
                closes("dots before an encoded slash", HELLO.replace("hello", "a/..%2fhello") + "\r\n", 400),
                closes("an encoded backslash", HELLO.replace("hello", "a%5chello") + "\r\n", 400),
                stays("an encoded slash in a key", HELLO.replace("hello", "a('b%2Fc')") + "\r\n", 200),
                stays("three dots", HELLO.replace("hello", "a/.../hello.json") + "\r\n", 200),
                stays("a slash at the end", HELLO.replace("hello", "hello/") + "\r\n", 200),
                stays("dots in the query", HELLO.replace("hello", "hello?a=/../b//c") + "\r\n", 200),
                closes("a bracket in the query", HELLO.replace("hello", "hello?a=<b>") + "\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource({"bodies", "lengths", "heads", "addresses"})
    void refusesWhatCanBeReadInTwoWays(Case sent) throws IOException {
        var text = rig.ask(sent.bytes + NEXT);
        var expected = new ArrayList<>(sent.statuses);
        if (sent.open) {
            expected.add(200);
        }
        assertThat(WireRig.statuses(text)).as(text).isEqualTo(expected);
    }

    /** The same byte by byte: limits and rules hold wherever the network parts the bytes. */
    @ParameterizedTest
    @MethodSource({"bodies", "lengths", "addresses"})
    void readsBytesAsTheyCome(Case sent) throws IOException {
        try (var socket = rig.connect()) {
            socket.setTcpNoDelay(true);
            var bytes = sent.bytes.getBytes(ISO_8859_1);
            if (bytes.length > 1_000) {
                return;
            }
            try {
                for (byte one : bytes) {
                    socket.getOutputStream().write(one);
                }
                socket.getOutputStream().write(NEXT.getBytes(ISO_8859_1));
            } catch (IOException closed) {
                assertThat(sent.open).isFalse();
            }
            var text = WireRig.untilEnd(socket);
            assertThat(WireRig.statuses(text)).as(text).startsWith(sent.statuses.toArray(new Integer[0]));
        }
    }

    @Test
    void saysInTheFormOfApiManagementThatABodyIsTooBig() throws IOException {
        assertThat(rig.ask(POST + "Content-Length: 10485761\r\n\r\n"))
                .contains("Content-Type: application/json\r\n")
                .contains("Connection: close\r\n")
                .endsWith("{\"fault\":\"{\\\"detail\\\":{\\\"errorcode\\\":\\\"protocol.http.TooBigBody\\\"},"
                        + "\\\"faultstring\\\":\\\"Body buffer overflow\\\"}\"}");
    }

    @Test
    void refusesABodyThatBecomesTooBigInChunks() throws IOException {
        var limits = new WireLimits(WireRig.CLIENTS, 1_000, 2_000, 1, 1, Duration.ofSeconds(1), Duration.ofMinutes(1));
        try (var small = WireRig.answering(limits, StrictnessIT::echo)) {
            var text = small.ask(CHUNKED + ("100\r\n" + "x".repeat(256) + "\r\n").repeat(4) + "0\r\n\r\n" + NEXT);
            assertThat(WireRig.statuses(text)).containsExactly(413);
        }
    }

    @Test
    void letsTheClientContinueBeforeItsBodyComes() throws IOException {
        try (var socket = rig.connect()) {
            var head = POST + "Content-Length: 20\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            assertThat(WireRig.until(socket, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(TEXT.getBytes(ISO_8859_1));
            assertThat(WireRig.untilEnd(socket))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith(TEXT);
        }
    }

    private static WireLimits clients(ServerLimits clients) {
        return WireLimits.standard(clients, Duration.ofMinutes(1));
    }

    @Test
    void closesConnectionsWhoseHeadComesTooSlowly() throws IOException {
        var limits = clients(new ServerLimits(
                Duration.ofMillis(300), Duration.ofSeconds(20), 1, 18 << 10, 100, 100, address -> false));
        try (var hasty = WireRig.answering(limits, StrictnessIT::echo);
                var silent = hasty.connect();
                var slow = hasty.connect();
                var second = hasty.connect()) {
            slow.getOutputStream().write("GET /hello HTTP/1.1\r\n".getBytes(ISO_8859_1));
            second.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
            assertThat(WireRig.until(second, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            second.getOutputStream().write("GET /hello HTTP/1.1\r\n".getBytes(ISO_8859_1));
            await().until(() -> closedWhileDripping(silent, ""));
            for (var socket : List.of(slow, second)) {
                await().until(() -> closedWhileDripping(socket, "X-Drip: a\r\n"));
            }
        }
    }

    @Test
    void closesConnectionsThatAskForNothing() throws IOException {
        var limits = clients(new ServerLimits(
                Duration.ofSeconds(10), Duration.ofMillis(300), 1, 18 << 10, 100, 100, address -> false));
        try (var hasty = WireRig.answering(limits, StrictnessIT::echo);
                var idle = hasty.connect()) {
            idle.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
            assertThat(WireRig.statuses(WireRig.untilEnd(idle))).containsExactly(200);
        }
    }

    /** Sends a little more and tells whether the other side has closed. */
    private static boolean closedWhileDripping(Socket socket, String drip) throws IOException {
        socket.setSoTimeout(50);
        try {
            if (!drip.isEmpty()) {
                socket.getOutputStream().write(drip.getBytes(ISO_8859_1));
            }
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void answersABodyThatComesTooSlowlyAndCloses() throws IOException {
        var limits = clients(new ServerLimits(
                Duration.ofMillis(300), Duration.ofSeconds(20), 100_000, 18 << 10, 100, 100, address -> false));
        try (var strict = WireRig.answering(limits, StrictnessIT::echo);
                var slow = strict.connect()) {
            slow.getOutputStream().write((POST + "Content-Length: 2000\r\n\r\n").getBytes(ISO_8859_1));
            await().until(() -> {
                slow.getOutputStream().write(' ');
                return slow.getInputStream().available() > 0;
            });
            assertThat(WireRig.statuses(WireRig.untilEnd(slow))).containsExactly(408);
        }
    }

    @Test
    void closesConnectionsOfThoseWhoDoNotReadTheirAnswers() throws IOException {
        var limits = clients(new ServerLimits(
                Duration.ofSeconds(10), Duration.ofMillis(500), 1, 18 << 10, 100, 100, address -> false));
        try (var hasty = WireRig.answering(limits, request -> {
                    var answer = Message.response(200, "OK");
                    answer.body(new Body.Bytes(new byte[8 << 20]));
                    return answer;
                });
                var deaf = hasty.connect()) {
            deaf.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
            await().until(() -> deaf.getInputStream().available() > 0);
            await().until(() -> hasty.server.connections() == 0);
        }
    }

    @Test
    void letsHeldConnectionsKeepNobodyOut() throws IOException {
        var limits = clients(new ServerLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(20), 1, 18 << 10, 20, 10, address -> false));
        try (var small = WireRig.answering(limits, StrictnessIT::echo)) {
            var held = new ArrayList<Socket>();
            for (int i = 0; i < 40; i++) {
                held.add(small.connect());
            }
            assertThat(WireRig.statuses(small.ask(NEXT))).containsExactly(200);
            await().until(() -> small.server.connections() <= 10);
            for (var socket : held) {
                socket.close();
            }
        }
    }
}
