package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ODataClientIT {
    private static final String EMPTY = "{\"d\":{\"results\":[]}}";

    @Test
    void asksAsSapExpects() {
        try (var server = RawServer.of(200, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(server.url()))) {
            client.read(
                    new PageRequest(
                            "ThingSet?$select=ID&$filter=A eq 'x y'&$skiptoken=a%2Fb%27c!d", 5000, false, Types.THING),
                    row -> {});
            var request = server.requests().getFirst();
            assertThat(request.line())
                    .isEqualTo("GET /sap/opu/odata/sap/TEST_SRV/ThingSet?$select=ID&$filter=A%20eq%20'x%20y'"
                            + "&$skiptoken=a%2Fb%27c!d&$format=json&sap-client=100&sap-language=EN HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("accept", "application/json")
                    .containsEntry("accept-encoding", "gzip,deflate")
                    .containsEntry("prefer", "odata.maxpagesize=5000")
                    .containsEntry("authorization", "Basic UkVQTElDQVRPUjpzM2NyZXQ=")
                    .doesNotContainKey("cookie");
        }
    }

    @Test
    void keepsSemicolonsInPathsAndTokens() {
        try (var server = RawServer.of(200, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(server.url().resolve("/sap/opu/odata/sap/X_SRV;v=2")))) {
            client.read(
                    PageRequest.of("Set(A='a%2Fb;c',B='%C3%A9')?$skiptoken=1;2+3&$filter=A eq 'é;'", Types.THING),
                    row -> {});
            assertThat(server.requests().getFirst().line())
                    .isEqualTo("GET /sap/opu/odata/sap/X_SRV;v=2/Set(A='a%2Fb;c',B='%C3%A9')?$skiptoken=1;2+3"
                            + "&$filter=A%20eq%20'%C3%A9;'&$format=json&sap-client=100&sap-language=EN HTTP/1.1");
            assertThat(server.requests().getFirst().headers().get("host"))
                    .isEqualTo("127.0.0.1:" + server.url().getPort());
        }
    }

    @Test
    void followsLinksToItsOwnServerOnly() {
        try (var server = new RawServer(
                        (request, out) -> out.write(
                                RawServer.json(
                                        request.target().contains("$skiptoken=1")
                                                ? "{\"d\":{\"results\":[{\"ID\":\"2\"}],\"__delta\":\"ThingSet?!deltatoken='t'\"}}"
                                                : "{\"d\":{\"results\":[{\"ID\":\"1\"}],\"__count\":\"2\",\"__next\":"
                                                        + "\"https://internal.sap:44300/sap/opu/odata/sap/TEST_SRV/ThingSet?$skiptoken=1\"}}")));
                var client = new ODataClient(Types.settings(server.url()))) {
            var ids = new ArrayList<Object>();
            var first = client.read(
                    new PageRequest("ThingSet", 1, false, Types.THING),
                    row -> ids.add(String.valueOf(row.value("ID"))));
            assertThat(first.next()).contains("ThingSet?$skiptoken=1");
            assertThat(first.count()).isEqualTo(OptionalLong.of(2));
            var last = client.read(
                    new PageRequest(first.next().orElseThrow(), 1, false, Types.THING),
                    row -> ids.add(String.valueOf(row.value("ID"))));
            assertThat(last.next()).isEmpty();
            assertThat(last.delta()).contains("ThingSet?!deltatoken='t'");
            assertThat(ids).containsExactly("1", "2");
        }
    }

    @Test
    void takesANextWithADeltaTokenForADelta() {
        try (var server = RawServer.of(
                        200,
                        "application/json",
                        "{\"d\":{\"results\":[],\"__next\":\"http://h/x/ThingSet?!deltatoken='t'\"}}");
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(page.next()).isEmpty();
            assertThat(page.delta()).contains("ThingSet?!deltatoken='t'");
            assertThat(server.requests().getFirst().headers()).doesNotContainKey("prefer");
        }
    }

    @Test
    void keepsTheSessionOfTheServer() {
        try (var server = new RawServer((request, out) -> out.write(RawServer.answer(
                        200,
                        "Content-Type: application/json\r\nSet-Cookie: SAP_SESSIONID_X_100=a%3d; path=/\r\n"
                                + "Set-Cookie: sap-usercontext=sap-client=100; path=/",
                        EMPTY.getBytes(StandardCharsets.UTF_8))));
                var client = new ODataClient(Types.settings(server.url()))) {
            client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(server.requests().get(1).headers())
                    .containsEntry("cookie", "SAP_SESSIONID_X_100=a%3d; sap-usercontext=sap-client=100");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void readsCompressedPages() throws IOException {
        var json = page(20_000);
        var zipped = gzip(json);
        try (var server = new RawServer((request, out) -> out.write(
                        RawServer.answer(200, "Content-Type: application/json\r\nContent-Encoding: gzip", zipped)));
                var client = new ODataClient(Types.settings(server.url()))) {
            var read = client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(read.rows()).isEqualTo(20_000);
            assertThat(read.bytes()).isEqualTo(zipped.length);
        }
    }

    @Test
    void asksAgainWhenTheServerHadHungUp() throws IOException {
        try (var server = RawServer.of(200, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(server.url()))) {
            client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            server.hangUp();
            Awaitility.await().until(() -> server.connections() == 0);
            assertThat(client.read(PageRequest.of("ThingSet", Types.THING), row -> {})
                            .rows())
                    .isZero();
        }
    }

    @Test
    void readsSeveralPagesAtOnce() throws Exception {
        try (var server = RawServer.of(200, "application/json", page(500));
                var client = new ODataClient(Types.settings(server.url()));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = new ArrayList<Future<PageRead>>();
            for (int i = 0; i < 50; i++) {
                reads.add(threads.submit(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {})));
            }
            for (var read : reads) {
                assertThat(read.get().rows()).isEqualTo(500);
            }
        }
    }

    @Test
    void callsTheSinkInTheReadersThreadAndPassesOnWhatItThrows() {
        try (var server = RawServer.of(200, "application/json", page(5000));
                var client = new ODataClient(Types.settings(server.url()))) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            client.read(PageRequest.of("ThingSet", Types.THING), row -> threads.add(Thread.currentThread()));
            assertThat(threads).containsExactly(Thread.currentThread());
            var thrown = new IllegalStateException("full");
            assertThatThrownBy(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            Awaitility.await().until(() -> server.connections() <= 1);
        }
    }

    @Test
    void stopsAskingOnceTheUserWasRefused() {
        try (var server = RawServer.of(401, "text/html", "<html><title>Logon failed</title></html>");
                var client = new ODataClient(Types.settings(server.url()))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {}))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("Logon failed")
                        .extracting(failure -> ((Failure) failure).code())
                        .isEqualTo(ODataProblem.SAP_UNAUTHENTICATED);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void neverShowsThePassword() {
        try (var server = RawServer.of(500, "text/plain", "x");
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThatThrownBy(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {}))
                    .message()
                    .doesNotContain("s3cret", "UkVQTElDQVRPUjpzM2NyZXQ=");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205})
    void takesAnAnswerWithoutContentForAnEmptyPage(int status) {
        try (var server = new RawServer((request, out) -> out.write(RawServer.answer(status, "", new byte[0])));
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(page.rows()).isZero();
            assertThat(page.next()).isEmpty();
            assertThatThrownBy(client::metadata).isInstanceOf(Failure.class);
        }
    }

    @Test
    void takesAPageWithALinkAndNoRowsForAnEmptyOne() {
        try (var server = RawServer.of(200, "application/json", "{\"d\":{\"__next\":\"Pages2?$skiptoken=2\"}}");
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(page.rows()).isZero();
            assertThat(page.next()).contains("Pages2?$skiptoken=2");
        }
    }

    @Test
    void readsWhatAProxyHasChanged() {
        try (var server = RawServer.of(203, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThat(client.read(PageRequest.of("ThingSet", Types.THING), row -> {})
                            .rows())
                    .isZero();
        }
    }

    @Test
    void waitsForAnAnswerThatIsNotReady() {
        var now = Instant.parse("2026-03-01T10:00:00Z");
        var pauses = new ArrayList<Duration>();
        var headers = List.of("Retry-After: 7", "Retry-After: Sun, 01 Mar 2026 10:00:30 GMT", "X: y", "Retry-After: 0");
        var limits = new ODataSettings.Limits(1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(43));
        var asked = new AtomicInteger();
        try (var server = new RawServer((request, out) -> {
                    int time = asked.getAndIncrement();
                    out.write(
                            time < headers.size()
                                    ? RawServer.answer(202, headers.get(time), new byte[0])
                                    : RawServer.json(EMPTY));
                });
                var client = new ODataClient(
                        new ODataSession(
                                Types.settings(server.url()), limits, () -> now, System::nanoTime, pauses::add),
                        Types.settings(server.url()),
                        limits)) {
            assertThat(client.read(PageRequest.of("ThingSet", Types.THING), row -> {})
                            .rows())
                    .isZero();
            assertThat(pauses)
                    .containsExactly(
                            Duration.ofSeconds(7),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(1));
            asked.set(0);
            pauses.clear();
            var sooner = new ODataSettings.Limits(1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(10));
            var session =
                    new ODataSession(Types.settings(server.url()), sooner, () -> now, System::nanoTime, pauses::add);
            try (var impatient = new ODataClient(session, Types.settings(server.url()), sooner)) {
                assertThatThrownBy(() -> impatient.read(PageRequest.of("ThingSet", Types.THING), row -> {}))
                        .extracting(failure -> ((Failure) failure).code())
                        .isEqualTo(ODataProblem.SAP_TIMEOUT);
            }
            assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectOnItsOwnHost(int status) {
        try (var server = new RawServer((request, out) -> out.write(
                        request.target().startsWith("/moved/")
                                ? RawServer.json(
                                        "{\"d\":{\"results\":[{\"ID\":\"1\"}],\"__next\":\"ThingSet?$skiptoken=1\"}}")
                                : RawServer.answer(
                                        status,
                                        "Set-Cookie: lb=a\r\nLocation: /moved" + request.target(),
                                        new byte[0])));
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(PageRequest.of("ThingSet?$select=ID", Types.THING), row -> {});
            assertThat(page.next()).contains("ThingSet?$skiptoken=1");
            assertThat(server.requests().getLast().target())
                    .isEqualTo("/moved/sap/opu/odata/sap/TEST_SRV/ThingSet?$select=ID&$format=json&sap-client=100"
                            + "&sap-language=EN");
            assertThat(server.requests().getLast().headers()).containsEntry("cookie", "lb=a");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://idp.example/saml?SAMLRequest=secret",
                "//evil.example/sap",
                "https://127.0.0.1:PORT/sap",
                "http://127.0.0.1:1/sap",
                "http://127.0.0.1.evil.example:PORT/sap",
                "ftp://127.0.0.1:PORT/",
                "http://a b/",
                "mailto:x",
                ""
            })
    void sendsThePasswordNowhereElse(String location) {
        try (var server = new RawServer((request, out) -> out.write(RawServer.answer(
                        302,
                        "Location: "
                                + location.replace(
                                        "PORT",
                                        request.headers()
                                                .getOrDefault("host", "")
                                                .split(":", -1)[1]),
                        new byte[0])));
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThatThrownBy(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {}))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_REDIRECTED))
                    .message()
                    .doesNotContain("secret");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void leavesACircleOfRedirects() {
        try (var server = new RawServer((request, out) ->
                        out.write(RawServer.answer(302, "Location: " + request.target(), new byte[0])));
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThatThrownBy(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {}))
                    .extracting(failure -> ((Failure) failure).code())
                    .isEqualTo(ODataProblem.SAP_REDIRECTED);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void findsAServiceOfANamespace() {
        try (var server = RawServer.of(200, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(server.url()))) {
            client.at("/UI2/INTEROP;v=2").read(PageRequest.of("PageSets", Types.THING), row -> {});
            assertThat(server.requests().getFirst().target()).startsWith("/sap/opu/odata/UI2/INTEROP;v=2/PageSets?");
        }
        assertThat(ODataClient.pathOf("/S4/ORDERS", "/plant/orders"))
                .as("a path that a proxy publishes")
                .isEqualTo("/S4/ORDERS");
        assertThat(ODataClient.pathOf("/sap/opu/odata/sap/API_EQUIPMENT", "/sap/opu/odata/sap/X"))
                .isEqualTo("/sap/opu/odata/sap/API_EQUIPMENT");
    }

    @Test
    void worksWithAServiceUrlThatEndsWithASlash() {
        try (var server = RawServer.of(200, "application/json", EMPTY);
                var client = new ODataClient(Types.settings(URI.create(server.url() + "/")))) {
            client.read(PageRequest.of("ThingSet", Types.THING), row -> {});
            assertThat(server.requests().getFirst().target()).startsWith("/sap/opu/odata/sap/TEST_SRV/ThingSet?");
        }
    }

    static String page(int rows) {
        var json = new StringBuilder("{\"d\":{\"results\":[");
        for (int i = 0; i < rows; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"__metadata\":{\"type\":\"T.Thing\"},\"ID\":\"")
                    .append(i)
                    .append("\",\"Day\":\"\\/Date(1700006400000)\\/\",\"Quantity\":\"1.50\",\"Flag\":true}");
        }
        return json.append("]}}").toString();
    }

    static byte[] gzip(String text) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }
}
