package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.http.RawClient.Reply;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullMarked
class ApiServerIT {
    private final SequencedMap<String, Readiness> readiness = new LinkedHashMap<>();
    private final Plant plant = new Plant();
    private Telemetry telemetry = Telemetry.create();
    private ApiServer server = start(Map.of());

    @BeforeEach
    void allReady() {
        readiness.put("workorder-api-service", Readiness.READY);
    }

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private ApiServer start(Map<String, String> values) {
        var all = new LinkedHashMap<>(values);
        all.putIfAbsent("port", "0");
        var settings = Settings.of(all);
        var read = ApiSettings.read(settings);
        settings.verify();
        return ApiServer.start(
                read,
                List.of(plant),
                Plant::authenticate,
                new InMemoryAnswers(InstantSource.system()),
                () -> readiness,
                telemetry);
    }

    private void restart(Map<String, String> values) {
        server.close();
        server = start(values);
    }

    private URI address() {
        return server.address();
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().get("code").asString()).isEqualTo(code);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:imaint:problem:" + code);
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("remedy").asString()).isNotBlank();
        assertThat(reply.json().get("requestId").asString()).isNotBlank().isEqualTo(reply.header("x-request-id"));
        assertThat(reply.json().get("errors").isArray()).isTrue();
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void answersAListInPlainJson() {
        var reply = RawClient.get(address(), "/api/work-orders?pageSize=1", Plant.TOKEN);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.text())
                .isEqualTo("{\"items\":[{\"orderNumber\":\"000004000000\",\"dueDate\":\"2026-03-31\","
                        + "\"changedAt\":\"2026-03-01T08:15:00Z\",\"hours\":1000,\"priority\":null,"
                        + "\"steps\":[{\"number\":10,\"following\":null}]}],\"next\":\"more\",\"total\":null}");
    }

    @Test
    void decodesVariablesOfThePath() {
        var reply = RawClient.get(address(), "/api/work-orders/A%2FB%20%C3%A4", Plant.TOKEN);
        assertThat(reply.json().get("orderNumber").asString()).isEqualTo("A/B ä");
    }

    @Test
    void prefersALiteralSegmentAndKnowsTheCaller() {
        var reply = RawClient.get(address(), "/api/work-orders/overview", Plant.TOKEN);
        assertThat(reply.json().get("greeting").asString()).isEqualTo("technician");
    }

    @Test
    void reportsEveryWrongParameterAtOnce() {
        var reply = RawClient.get(
                address(), "/api/work-orders?pageSize=0&dueBefore=tomorrow&priority=x&colour=red", Plant.TOKEN);
        assertProblem(reply, 400, "parameters-invalid");
        assertThat(reply.json().get("errors").findValuesAsString("parameter"))
                .containsExactlyInAnyOrder("pageSize", "dueBefore", "priority", "colour");
        assertThat(reply.json().get("detail").asString())
                .contains("colour is unknown; known are plant, pageSize, dueBefore, priority, statuses, overdue");
    }

    @Test
    void passesOnWhatTheRecordRefuses() {
        var reply = RawClient.get(address(), "/api/work-orders?overdue=true&dueBefore=2026-01-01", Plant.TOKEN);
        assertProblem(reply, 400, "parameters-invalid");
        assertThat(reply.text()).contains("overdue and dueBefore exclude each other");
    }

    @Test
    void refusesStrangersOnEveryPathOfTheApi() {
        for (var path : List.of("/api", "/api/work-orders", "/api/nothing", "/api/work-orders/1/2/3", "/api/slow")) {
            var reply = RawClient.get(address(), path);
            assertProblem(reply, 401, "token-missing");
            assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
        }
        assertProblem(RawClient.request(address(), "PATCH", "/api/work-orders"), 401, "token-missing");
    }

    @Test
    void refusesUnknownTokensAndOtherSchemes() {
        var unknown = RawClient.get(address(), "/api/work-orders", "Authorization: Bearer wrong");
        assertProblem(unknown, 401, "token-missing");
        assertThat(unknown.header("www-authenticate")).contains("invalid_token");
        assertProblem(
                RawClient.get(address(), "/api/work-orders", "Authorization: Basic technician"), 401, "token-missing");
        assertProblem(RawClient.get(address(), "/api/work-orders", "Authorization: Bearer "), 401, "token-missing");
    }

    @Test
    void namesThePermissionThatIsMissing() {
        var reply = RawClient.get(address(), "/api/closing", Plant.TOKEN);
        assertProblem(reply, 403, "permission-missing");
        assertThat(reply.json().get("detail").asString()).contains("work-orders.close");
    }

    @Test
    void answersAnonymousRoutesWithoutAToken() {
        assertThat(RawClient.get(address(), "/api/hello").status()).isEqualTo(200);
    }

    @Test
    void rendersTheFailuresOfAService() {
        var reply = RawClient.get(address(), "/api/work-orders/404", Plant.TOKEN);
        assertProblem(reply, 404, "order-unknown");
        assertThat(reply.json().get("detail").asString()).isEqualTo("no order 404");
    }

    @Test
    void hidesTheReasonOfADefect() {
        var reply = RawClient.get(address(), "/api/defect", Plant.TOKEN);
        assertProblem(reply, 500, "internal");
        assertThat(reply.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void refusesWhatHttpCanGetWrong() {
        assertProblem(RawClient.get(address(), "/nothing"), 404, "route-unknown");
        assertProblem(RawClient.get(address(), "/api/nothing", Plant.TOKEN), 404, "route-unknown");
        var method = RawClient.request(address(), "DELETE", "/api/work-orders", Plant.TOKEN);
        assertProblem(method, 405, "method-unknown");
        assertThat(method.header("allow")).isEqualTo("GET, POST, HEAD");
        assertProblem(RawClient.request(address(), "BREW", "/api/work-orders", Plant.TOKEN), 405, "method-unknown");
        assertProblem(RawClient.request(address(), "POST", "/health/live"), 405, "method-unknown");
        assertProblem(
                RawClient.get(address(), "/api/work-orders", Plant.TOKEN, "Accept: text/html"),
                406,
                "form-unavailable");
        var body = "GET /api/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        assertProblem(RawClient.send(address(), body), 415, "body-unsupported");
        var chunked = "GET /api/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
        assertProblem(RawClient.send(address(), chunked), 415, "body-unsupported");
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (var raw : List.of(
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /api/hello HTTP/1.1\r\n\r\n",
                "GET /api/hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/hello HTTP/1.1\r\nHost: x\r\nbroken line\r\n\r\n",
                "GET /api/hello HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "GET /api/<hello> HTTP/1.1\r\nHost: x\r\n\r\n")) {
            var reply = RawClient.send(address(), raw);
            assertProblem(reply, 400, "request-malformed");
            assertThat(reply.header("connection")).isEqualTo("close");
        }
        assertProblem(
                RawClient.send(address(), "GET /api/hello HTTP/3.7\r\nHost: x\r\n\r\n"), 505, "version-unsupported");
    }

    @Test
    void limitsTheSizeOfRequestLinesAndHeaders() {
        assertProblem(RawClient.get(address(), "/api/hello?q=" + "x".repeat(9_000)), 414, "uri-too-long");
        assertProblem(
                RawClient.get(address(), "/api/hello", "X-Large: " + "x".repeat(20_000)), 431, "headers-too-large");
    }

    @Test
    void answersHeadWithoutABody() {
        var reply = RawClient.request(address(), "HEAD", "/api/work-orders?pageSize=1", Plant.TOKEN);
        assertThat(reply.status()).isEqualTo(200);
        var full = RawClient.get(address(), "/api/work-orders?pageSize=1", Plant.TOKEN);
        assertThat(reply.header("content-length")).isEqualTo(Integer.toString(full.body().length));
    }

    @Test
    void keepsASaneRequestIdAndReplacesAnyOther() {
        var kept = RawClient.get(address(), "/api/hello", "X-Request-Id: abc-123.def");
        assertThat(kept.header("x-request-id")).isEqualTo("abc-123.def");
        for (var insane : List.of("a b", "x".repeat(65), "<script>", "\"")) {
            var replaced = RawClient.get(address(), "/api/hello", "X-Request-Id: " + insane);
            assertThat(replaced.header("x-request-id")).matches("[0-9a-f]{16}");
        }
    }

    @Test
    void compressesLargeAnswersForThoseWhoTakeGzip() throws IOException {
        var target = "/api/work-orders?pageSize=100";
        var plain = RawClient.get(address(), target, Plant.TOKEN);
        assertThat(plain.headers()).doesNotContainKey("content-encoding");
        assertThat(plain.header("vary")).isEqualTo("Accept-Encoding");
        var packed = RawClient.get(address(), target, Plant.TOKEN, "Accept-Encoding: br;q=1.0, gzip;q=0.8");
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length / 5);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
        var refused = RawClient.get(address(), target, Plant.TOKEN, "Accept-Encoding: gzip;q=0, *");
        assertThat(refused.headers()).doesNotContainKey("content-encoding");
        var small = RawClient.get(address(), "/api/hello", "Accept-Encoding: gzip");
        assertThat(small.headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void interruptsAHandlerThatRunsOverItsTime() throws InterruptedException {
        restart(Map.of("api-request-timeout", "200ms"));
        var reply = RawClient.get(address(), "/api/slow", Plant.TOKEN);
        assertProblem(reply, 503, "request-too-slow");
        assertThat(reply.header("retry-after")).isNotBlank();
        assertThat(plant.slowInterrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(RawClient.get(address(), "/api/hello").status()).isEqualTo(200);
    }

    @Test
    void refusesMoreRequestsThanItHandlesAtOnceButStaysHealthy() throws Exception {
        restart(Map.of("api-requests-max", "1", "api-request-timeout", "3s"));
        try (var socket = new Socket(address().getHost(), address().getPort())) {
            socket.getOutputStream()
                    .write("GET /api/slow HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
                            .formatted(Plant.TOKEN)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(plant.slowStarted.await(20, TimeUnit.SECONDS)).isTrue();
            var refused = RawClient.get(address(), "/api/hello");
            assertProblem(refused, 503, "server-busy");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(RawClient.get(address(), "/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void closesConnectionsThatStaySilent() throws IOException {
        restart(Map.of("api-idle-timeout", "1s", "api-request-timeout", "500ms"));
        try (var socket = new Socket(address().getHost(), address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /api/he".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void reportsHealth() {
        var ready = RawClient.get(address(), "/health/ready", Plant.OPERATOR_TOKEN);
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.text())
                .isEqualTo("{\"status\":\"ready\",\"targets\":"
                        + "[{\"name\":\"workorder-api-service\",\"ready\":true,\"detail\":\"ready\"}]}");
        readiness.put("inbound", Readiness.notReady("loading 3 of 7"));
        var loading = RawClient.get(address(), "/health/ready", Plant.OPERATOR_TOKEN);
        assertThat(loading.status()).isEqualTo(503);
        assertThat(loading.json().get("status").asString()).isEqualTo("not ready");
        assertThat(loading.text()).contains("loading 3 of 7");
        for (var stranger : List.of("Accept: */*", Plant.TOKEN, "Authorization: Bearer guessed")) {
            var probed = RawClient.get(address(), "/health/ready", stranger);
            assertThat(probed.status()).isEqualTo(503);
            assertThat(probed.text())
                    .contains("{\"name\":\"inbound\",\"ready\":false,\"detail\":\"\"}")
                    .doesNotContain("loading");
        }
        assertThat(RawClient.get(address(), "/health/live").status()).isEqualTo(200);
    }

    @Test
    void countsRequestsByRouteAndStatus() {
        RawClient.get(address(), "/api/work-orders/77", Plant.TOKEN);
        RawClient.get(address(), "/no/such/path");
        assertProblem(RawClient.get(address(), "/metrics"), 401, "token-missing");
        assertProblem(RawClient.get(address(), "/metrics", Plant.TOKEN), 403, "permission-missing");
        var reply = RawClient.get(address(), "/metrics", Plant.OPERATOR_TOKEN);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.text())
                .contains("http_server_requests_seconds_count{method=\"GET\","
                        + "route=\"/api/work-orders/{orderNumber}\",status=\"200\"}")
                .contains("route=\"unmatched\",status=\"404\"")
                .doesNotContain("/77")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_threads_live_threads");
    }

    @Test
    void leadsFromTheRootToTheDocumentation() {
        var root = RawClient.get(address(), "/");
        assertThat(root.status()).isEqualTo(302);
        assertThat(root.header("location")).isEqualTo("/docs");
        for (var path : List.of("/docs", "/docs/docs.css", "/docs/docs.js")) {
            var page = RawClient.get(address(), path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("content-security-policy"))
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.text()).doesNotContain("http://").doesNotContain("https://");
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        int port = address().getPort();
        assertThatThrownBy(() -> start(Map.of("port", Integer.toString(port))))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(HttpProblem.PORT_TAKEN);
                    assertThat(failure.line()).contains("port %d is in use".formatted(port), "IMAINT_PORT");
                });
    }

    @Test
    void saysWhichAddressIsUnusable() {
        assertThatThrownBy(() -> start(Map.of("host", "192.0.2.1")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(HttpProblem.ADDRESS_UNUSABLE));
    }

    @Test
    void bindsToLoopbackUnlessTold() {
        assertThat(ApiSettings.read(Settings.of(Map.of())))
                .isEqualTo(new ApiSettings(
                        8080, "127.0.0.1", ApiSettings.NO_PORT, List.of(), ApiSettings.Limits.STANDARD));
        assertThat(ApiSettings.Limits.STANDARD.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    }
}
