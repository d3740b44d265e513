package io.imaint.kernel.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server does with connections: bytes that are no request, requests after a refusal, slowness, floods. */
@NullMarked
class ConnectionsIT {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Z]");
    private static final String HELLO = "GET /api/hello HTTP/1.1\r\nHost: x\r\n";
    private static final String NEXT = HELLO + "Connection: close\r\n\r\n";
    private static final String POST =
            "POST /api/work-orders HTTP/1.1\r\nHost: x\r\n" + Plant.TOKEN + "\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String ORDER = "{\"description\": \"x\"}"; // 20 bytes
    private static final String SMUGGLED = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"; // 38 bytes

    private static final Telemetry TELEMETRY = Telemetry.create();
    private static ApiServer server = start(Map.of());

    @BeforeAll
    static void restart() {
        server.close();
        server = start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
        TELEMETRY.close();
    }

    private static ApiServer start(Map<String, String> values) {
        var all = new LinkedHashMap<>(Map.of("port", "0", "health-port", "0", "api-body-size-max", "2000"));
        all.putAll(values);
        return ApiServer.start(
                ApiSettings.read(Settings.of(all)),
                List.of(new Plant()),
                Plant::authenticate,
                new InMemoryAnswers(InstantSource.system()),
                LinkedHashMap::new,
                TELEMETRY);
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

    static List<Case> refusedBodies() {
        var length = "Content-Length: 38\r\n\r\n" + SMUGGLED;
        return List.of(
                closes("no such path, close", "POST /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length, 404),
                closes("no such path", "POST /nope HTTP/1.1\r\nHost: x\r\n" + length, 404),
                closes("no token", "POST /api/work-orders HTTP/1.1\r\nHost: x\r\n" + length, 401),
                closes(
                        "no such method",
                        "POST /api/hello HTTP/1.1\r\nHost: x\r\n" + Plant.TOKEN + "\r\n" + length,
                        405),
                closes("another form", POST.replace("json", "xml") + length, 415),
                closes("too large", POST + "Content-Length: 99999\r\n\r\n" + SMUGGLED.repeat(60), 413),
                closes("too large in chunks", CHUNKED + "fffff\r\n" + SMUGGLED.repeat(60), 413),
                closes("GET with a body", HELLO + length, 415),
                closes(
                        "GET with chunks",
                        HELLO + "Transfer-Encoding: chunked\r\n\r\n26\r\n" + SMUGGLED + "\r\n0\r\n\r\n",
                        415),
                closes(
                        "100-continue refused",
                        "POST /nope HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + length,
                        404),
                closes("unknown expectation", HELLO + "Expect: miracles\r\n\r\n", 400),
                closes("health with a body", "POST /health/live HTTP/1.1\r\nHost: x\r\n" + length, 405),
                closes("a body with no JSON, whole", POST + "Connection: close\r\n" + length, 400),
                stays("a body with no JSON", POST + length, 400),
                stays("a body", POST + "Content-Length: 20\r\n\r\n" + ORDER, 201),
                stays("two requests at once", HELLO + "\r\n" + HELLO + "\r\n", 200, 200),
                closes("close without a body", HELLO + "Connection: close\r\n\r\n", 200));
    }

    static List<Case> malformed() {
        return List.of(
                closes(
                        "length and chunks",
                        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                closes("two lengths", POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
                closes("a list of lengths", POST + "Content-Length: 20, 20\r\n\r\n" + ORDER, 400),
                closes("a signed length", POST + "Content-Length: +20\r\n\r\n" + ORDER, 400),
                closes("a negative length", POST + "Content-Length: -1\r\n\r\n", 400),
                closes("an empty length", POST + "Content-Length: \r\n\r\n", 400),
                closes("a huge length", POST + "Content-Length: 99999999999999999999\r\n\r\n", 400),
                closes("coding identity", POST + "Transfer-Encoding: identity\r\n\r\n", 400),
                closes("coding xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n", 400),
                closes("chunked before identity", POST + "Transfer-Encoding: chunked, identity\r\n\r\n", 400),
                stays("a chunk's extension", CHUNKED + "14;a=b\r\n" + ORDER + "\r\n0\r\n\r\n", 201),
                closes("chunk size zz", CHUNKED + "zz\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
                closes("chunk size -1", CHUNKED + "-1\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
                closes("chunk size 0x14", CHUNKED + "0x14\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
                closes("chunk size of 17 digits", CHUNKED + "10000000000000014\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
                closes("no line end after a chunk", CHUNKED + "14\r\n" + ORDER + "XX0\r\n\r\n", 400),
                closes("bare LF around a chunk", CHUNKED + "14\n" + ORDER + "\n0\n\n", 400),
                closes("HTTP/1.0", "GET /api/hello HTTP/1.0\r\nHost: x\r\n\r\n", 200),
                stays("HTTP/1.0, kept", "GET /api/hello HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n", 200),
                closes("HTTP/1.0 in chunks", CHUNKED.replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n", 400),
                closes("HTTP/3.7", "GET /api/hello HTTP/3.7\r\nHost: x\r\n\r\n", 505),
                closes("no host", "GET /api/hello HTTP/1.1\r\n\r\n", 400),
                closes("two hosts", HELLO + "Host: y\r\n\r\n", 400),
                closes("a head of bare LF", "GET /api/hello HTTP/1.1\nHost: x\n\n", 400),
                closes("a header's name with a space", HELLO + "X-A : b\r\n\r\n", 400),
                closes("a header without a name", HELLO + ": b\r\n\r\n", 400),
                closes("a folded header", HELLO + "X-A: b\r\n c\r\n\r\n", 400),
                closes("no method", "G@T /api/hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                closes("headers of 20 KB", HELLO + "X-A: " + "x".repeat(20_000) + "\r\n\r\n", 431),
                closes("101 headers", HELLO + "X-A: b\r\n".repeat(100) + "\r\n", 431),
                closes(
                        "an address of 10 KB",
                        "GET /api/hello?q=" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        414),
                closes("TRACE", "TRACE /api/hello HTTP/1.1\r\nHost: x\r\n\r\n", 405),
                closes("CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n", 405),
                stays("a method of no standard", POST.replace("POST", "BREW") + "\r\n", 405),
                stays("a method in small letters", POST.replace("POST", "post") + "\r\n", 405),
                closes("an encoded dot segment", HELLO.replace("hello", "%2e%2e/hello") + "\r\n", 400),
                closes("an encoded null", HELLO.replace("hello", "hel%00lo") + "\r\n", 400),
                closes("an empty segment", HELLO.replace("/hello", "//hello") + "\r\n", 400),
                closes("a fragment", HELLO.replace("hello", "hello#x") + "\r\n", 400),
                closes("another host in the address", HELLO.replace("/api", "http://y/api") + "\r\n", 400),
                closes("a bracket in the query", HELLO.replace("hello", "hello?a=<b>") + "\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource("refusedBodies")
    void answersNothingAfterARefusedBody(Case sent) throws IOException {
        assertAnswers(sent);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatCanBeReadInTwoWays(Case sent) throws IOException {
        assertAnswers(sent);
    }

    private static void assertAnswers(Case sent) throws IOException {
        try (var socket = connected(server.address())) {
            socket.getOutputStream().write((sent.bytes + NEXT).getBytes(ISO_8859_1));
            var expected = new ArrayList<>(sent.statuses);
            if (sent.open) {
                expected.add(200);
            }
            var text = untilEnd(socket);
            assertThat(STATUS.matcher(text).results().map(ConnectionsIT::status))
                    .as(text)
                    .isEqualTo(expected);
            assertThat(text).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    private static int status(MatchResult line) {
        return Integer.parseInt(line.group(1));
    }

    private static Socket connected(URI address) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** All that comes until the server closes; a reset is an end as well, a silence is none. */
    private static String untilEnd(Socket socket) throws IOException {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (SocketTimeoutException stillOpen) {
            throw new IOException("still open after " + read.toString(ISO_8859_1), stillOpen);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return read.toString(ISO_8859_1);
    }

    @Test
    void closesConnectionsWhoseHeadComesTooSlowly() throws IOException {
        try (var short_ = start(Map.of("api-head-timeout", "300ms"));
                var silent = connected(short_.address());
                var slow = connected(short_.address());
                var second = connected(short_.address())) {
            slow.getOutputStream().write("GET /api/hello HTTP/1.1\r\n".getBytes(ISO_8859_1));
            second.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
            assertThat(RawClient.read(second, false).status()).isEqualTo(200);
            second.getOutputStream().write("GET /api/hello HTTP/1.1\r\n".getBytes(ISO_8859_1));
            for (var socket : List.of(silent, slow, second)) {
                await().until(() -> closedWhileDripping(socket, "X-Drip: a\r\n"));
            }
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
        try (var strict = start(Map.of("api-head-timeout", "300ms", "api-body-rate-min", "100000"));
                var slow = connected(strict.address())) {
            slow.getOutputStream().write((POST + "Content-Length: 2000\r\n\r\n").getBytes(ISO_8859_1));
            await().until(() -> {
                slow.getOutputStream().write(' ');
                return slow.getInputStream().available() > 0;
            });
            var reply = RawClient.read(slow, false);
            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.json().get("code").asString()).isEqualTo("body-too-slow");
            assertThat(untilEnd(slow)).isEmpty();
        }
    }

    @Test
    void letsHeldConnectionsKeepNobodyOut() throws IOException {
        try (var small = start(Map.of("api-connections-max", "20", "api-connections-per-address-max", "10"))) {
            var held = new ArrayList<Socket>();
            for (int i = 0; i < 40; i++) {
                held.add(connected(small.address()));
            }
            assertThat(RawClient.get(small.address(), "/api/hello").status()).isEqualTo(200);
            assertThat(RawClient.get(small.healthAddress().orElseThrow(), "/health/live")
                            .status())
                    .isEqualTo(200);
            // Which ones are closed depends on the order in which the server saw them.
            await().until(() -> held.stream().anyMatch(ConnectionsIT::closed));
            for (var socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void answersHealthBesideConnectionsThatAreAllAtWork() throws IOException {
        try (var small = start(Map.of("api-connections-per-address-max", "2", "api-request-timeout", "1s"));
                var one = connected(small.address());
                var two = connected(small.address());
                var three = connected(small.address())) {
            var slow = ("GET /api/slow HTTP/1.1\r\nHost: x\r\n" + Plant.TOKEN + "\r\n\r\n").getBytes(ISO_8859_1);
            for (var socket : List.of(one, two, three)) {
                try {
                    socket.getOutputStream().write(slow);
                } catch (IOException closed) {
                    assertThat(closed).isNotNull(); // One of them was.
                }
            }
            await().until(() -> List.of(one, two, three).stream().anyMatch(socket -> closed(socket)));
            var health = small.healthAddress().orElseThrow();
            assertThat(RawClient.get(health, "/health/live").status()).isEqualTo(200);
            assertThat(RawClient.get(health, "/metrics").status()).isEqualTo(200);
            assertThat(RawClient.get(health, "/docs").status()).isEqualTo(404);
        }
    }

    private static boolean closed(Socket socket) {
        try {
            return closedWhileDripping(socket, "");
        } catch (IOException failed) {
            return true;
        }
    }

    @Test
    void keepsAnHttp2ConnectionThatIsAtWork() throws Exception {
        try (var small = start(Map.of("api-connections-per-address-max", "2"));
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            var hello = HttpRequest.newBuilder(small.address().resolve("/api/hello"));
            assertThat(http.send(hello.build(), BodyHandlers.ofString()).version())
                    .isEqualTo(HttpClient.Version.HTTP_2);
            var slow = HttpRequest.newBuilder(small.address().resolve("/api/stubborn"))
                    .header("Authorization", Plant.TOKEN.substring("Authorization: ".length()));
            var answer = http.sendAsync(slow.build(), BodyHandlers.ofString());
            for (int i = 0; i < 3; i++) { // Each takes the place of the one before.
                var idle = connected(small.address());
                idle.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
                await().pollDelay(Duration.ofMillis(100))
                        .until(() -> idle.getInputStream().available() > 0);
            }
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void exemptsTrustedProxiesFromTheLimitOfAnAddress() throws IOException {
        try (var small = start(Map.of("api-connections-per-address-max", "1", "trusted-proxies", "127.0.0.1"));
                var one = connected(small.address());
                var two = connected(small.address())) {
            for (var socket : List.of(one, two)) {
                socket.getOutputStream().write((HELLO + "\r\n").getBytes(ISO_8859_1));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
        }
    }

    @Test
    void speaksHttp2WithoutTls() throws Exception {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var hello = http.send(
                    HttpRequest.newBuilder(server.address().resolve("/api/hello"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(hello.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(hello.statusCode()).isEqualTo(200);
            assertThat(hello.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            var order = HttpRequest.newBuilder(server.address().resolve("/api/work-orders"))
                    .header("Authorization", Plant.TOKEN.substring("Authorization: ".length()))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(ORDER))
                    .build();
            assertThat(http.send(order, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void saysThatTheOutcomeOfAnOverdueWriteIsUnknown() {
        try (var hasty = start(Map.of("api-request-timeout", "200ms"))) {
            var reply = RawClient.send(hasty.address(), "POST", "/api/stubborn", "{}", Plant.TOKEN);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.json().get("code").asString()).isEqualTo("request-outcome-unknown");
            assertThat(reply.header("retry-after")).isEmpty();
            var stubborn = RawClient.get(hasty.address(), "/api/stubborn", Plant.TOKEN);
            assertThat(stubborn.status()).isEqualTo(503);
            assertThat(stubborn.json().get("code").asString()).isEqualTo("request-too-slow");
        }
    }
}
