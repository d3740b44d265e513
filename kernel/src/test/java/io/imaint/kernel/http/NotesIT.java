package io.imaint.kernel.http;

import static io.imaint.kernel.http.RawClient.request;
import static io.imaint.kernel.http.RawClient.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.RawClient.Reply;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writing over HTTP: versions, conditions, idempotency keys, patches, files, limits. */
@NullMarked
class NotesIT {
    private static final String ALL = "/api/notes";
    private static final String KEY = "Idempotency-Key: ";
    private static final String PATCH = "Content-Type: application/merge-patch+json";
    private static final String PUMP = "{\"title\": \"Pump\", \"hours\": 7.5, \"codes\": [\"A\"]}";

    private final Telemetry telemetry = Telemetry.create();
    private final Notes notes = new Notes();
    private final Plant plant = new Plant();
    private ApiServer server = start(Map.of());

    private ApiServer start(Map<String, String> values) {
        var all = new LinkedHashMap<>(values);
        all.put("port", "0");
        return ApiServer.start(
                ApiSettings.read(Settings.of(all)),
                List.of(notes, plant),
                Plant::authenticate,
                new InMemoryAnswers(InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
    }

    private void restart(Map<String, String> values) {
        server.close();
        server = start(values);
    }

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private URI address() {
        return server.address();
    }

    private Reply post(String body, String... headers) {
        return send(address(), "POST", ALL, body, with(headers));
    }

    private static String[] with(String... headers) {
        var all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 1, headers.length);
        all[0] = Plant.TOKEN;
        return all;
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().get("code").asString()).isEqualTo(code);
    }

    private static List<String> pointers(Reply reply) {
        return reply.json().get("errors").findValuesAsString("parameter");
    }

    @Test
    void answersWhatWasMadeWithItsPlaceAndItsVersion() {
        var made = post(PUMP);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var id = made.json().get("id").asString();
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(made.header("location")).isEqualTo(ALL + "/" + id);
        assertThat(made.header("etag")).isEqualTo("\"1\"");
        var read = RawClient.get(address(), made.header("location"), Plant.TOKEN);
        assertThat(read.text()).isEqualTo(made.text()).contains("\"at\":\"07:00:00\"");
        assertThat(read.header("etag")).isEqualTo("\"1\"");
    }

    @Test
    void answersNothingToAClientThatHasTheVersion() {
        var place = post(PUMP).header("location");
        for (var known : List.of("\"1\"", "W/\"1\"", "\"0\", \"1\"", "*")) {
            var read = RawClient.get(address(), place, Plant.TOKEN, "If-None-Match: " + known);
            assertThat(read.status()).as(known).isEqualTo(304);
            assertThat(read.header("etag")).isEqualTo("\"1\"");
            assertThat(read.body()).isEmpty();
        }
        assertThat(RawClient.get(address(), place, Plant.TOKEN, "If-None-Match: \"2\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsABrowserKeepAListButAskEachTime() {
        post(PUMP);
        var listed = RawClient.get(address(), ALL, Plant.TOKEN);
        assertThat(listed.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(listed.json().get("items").size()).isEqualTo(notes.notes.size());
        int made = notes.listed.get();
        var again = RawClient.get(address(), ALL, Plant.TOKEN, "If-None-Match: " + listed.header("etag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(again.body()).isEmpty();
        assertThat(notes.listed).as("what nobody needs is not made").hasValue(made);
        post(PUMP);
        var changed = RawClient.get(address(), ALL, Plant.TOKEN, "If-None-Match: " + listed.header("etag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("items").size()).isEqualTo(notes.notes.size());
    }

    @Test
    void replacesOnlyTheVersionThatTheClientSaw() {
        var place = post(PUMP).header("location");
        var body = "{\"title\": \"Valve\"}";
        assertProblem(send(address(), "PUT", place, body, Plant.TOKEN), 428, "precondition-required");
        assertProblem(send(address(), "PUT", place, body, with("If-Match: *")), 428, "precondition-required");
        assertProblem(send(address(), "PUT", place, body, with("If-Match: 1")), 400, "parameters-invalid");
        var replaced = send(address(), "PUT", place, body, with("If-Match: \"1\""));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("etag")).isEqualTo("\"2\"");
        for (var old : List.of("\"1\"", "W/\"2\"", "\"nonsense\"")) {
            var lost = send(address(), "PUT", place, body, with("If-Match: " + old));
            assertProblem(lost, 412, "precondition-failed");
            assertThat(lost.header("etag")).isEqualTo("\"2\"");
            assertThat(lost.json().at("/current/content/title").asString()).isEqualTo("Valve");
        }
    }

    @Test
    void asksForTheVersionBeforeItReadsTheBody() {
        var place = post(PUMP).header("location");
        assertProblem(send(address(), "PUT", place, "no json", Plant.TOKEN), 428, "precondition-required");
        assertProblem(send(address(), "PATCH", place, "no json", Plant.TOKEN), 428, "precondition-required");
        assertProblem(request(address(), "DELETE", place, Plant.TOKEN), 428, "precondition-required");
    }

    @Test
    void changesPartsByAMergePatch() {
        var place = post(PUMP).header("location");
        var changed = send(
                address(), "PATCH", place, "{\"hours\": null, \"text\": \"leaks\"}", with("If-Match: \"1\"", PATCH));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().at("/content/hours").isNull()).isTrue();
        assertThat(changed.json().at("/content/text").asString()).isEqualTo("leaks");
        assertThat(changed.json().at("/content/codes").toString()).isEqualTo("[\"A\"]");
        assertThat(send(address(), "PATCH", place, "{\"urgent\": true}", with("If-Match: \"2\""))
                        .status())
                .isEqualTo(200);
        var refused = send(
                address(),
                "PATCH",
                place,
                "{\"title\": null, \"codes\": [1], \"x\": 1}",
                with("If-Match: \"3\"", PATCH));
        assertProblem(refused, 400, "body-invalid");
        assertThat(pointers(refused)).containsExactlyInAnyOrder("/title", "/codes/0", "/x");
        assertProblem(
                send(address(), "PATCH", place, "{}", with("If-Match: \"3\"", "Content-Type: text/plain")),
                415,
                "body-unsupported");
    }

    @Test
    void removesOnlyTheVersionThatTheClientSaw() {
        var place = post(PUMP).header("location");
        assertProblem(request(address(), "DELETE", place, with("If-Match: \"7\"")), 412, "precondition-failed");
        assertThat(request(address(), "DELETE", place, with("If-Match: \"1\"")).status())
                .isEqualTo(204);
        assertProblem(request(address(), "DELETE", place, with("If-Match: \"1\"")), 404, "order-unknown");
    }

    @Test
    void takesAVersionWhereItIsOnlyOffered() {
        var place = post(PUMP).header("location") + "/mark";
        assertThat(request(address(), "POST", place, Plant.TOKEN).text()).contains("null none");
        assertThat(request(address(), "POST", place, with("If-Match: *")).text())
                .contains("null none");
        assertThat(request(address(), "POST", place, with("If-Match: \"3\"", "X-Mark: red"))
                        .text())
                .contains("3 red");
    }

    @Test
    void refusesNullForWhatIsNotNullable() {
        var refused = post("{\"title\": \"x\", \"codes\": null, \"urgent\": null, \"counts\": null}");
        assertProblem(refused, 400, "body-invalid");
        assertThat(pointers(refused)).containsExactlyInAnyOrder("/codes", "/urgent", "/counts");
    }

    @Test
    void answersARepeatedRequestWithoutRepeatingIt() {
        var first = post(PUMP, KEY + "k1");
        var again = post(PUMP, KEY + "k1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        assertThat(post(PUMP, KEY + "k2").json().get("id"))
                .isNotEqualTo(first.json().get("id"));
        assertThat(notes.notes).hasSize(2);
        assertProblem(post("{\"title\": \"other\"}", KEY + "k1"), 422, "idempotency-key-reused");
        assertProblem(post(PUMP, KEY + "x".repeat(256)), 400, "parameters-invalid");
        assertThat(post("{}", KEY + "k3").status()).isEqualTo(400);
        assertThat(post(PUMP, KEY + "k3").status())
                .as("a refused request leaves its key free")
                .isEqualTo(201);
    }

    @Test
    void doesNotWriteTwiceWhatFailedAfterItWasWritten() {
        var failing = "{\"title\": \"fail\"}";
        assertProblem(post(failing, KEY + "k1"), 500, "internal");
        assertProblem(post(failing, KEY + "k1"), 500, "internal");
        assertThat(notes.notes).hasSize(1);
        assertProblem(post(failing), 500, "internal");
        assertThat(notes.notes).hasSize(2);
    }

    @Test
    void saysWhatIsKnownOfAWriteThatRanOverItsTime() {
        restart(Map.of("api-request-timeout", "200ms"));
        var unknown = send(address(), "POST", "/api/stubborn", "{}", Plant.TOKEN);
        assertProblem(unknown, 500, "request-outcome-unknown");
        assertThat(unknown.headers()).doesNotContainKey("retry-after");
        assertThat(unknown.text()).contains("may still be carried out");
        var keyed = send(address(), "POST", "/api/stubborn", "{}", with(KEY + "k1"));
        assertProblem(keyed, 503, "request-too-slow");
        assertThat(keyed.header("retry-after")).isEqualTo("1");
        assertThat(keyed.text()).contains("it will not be done twice");
    }

    @Test
    void sendsNobodyToTryAgainWhoMightWriteTwice() {
        var unknown = request(address(), "POST", "/api/busy", Plant.TOKEN);
        assertProblem(unknown, 500, "request-outcome-unknown");
        assertThat(unknown.headers()).doesNotContainKey("retry-after");
        var keyed = request(address(), "POST", "/api/busy", with(KEY + "k1"));
        assertProblem(keyed, 503, "server-busy");
        assertThat(keyed.header("retry-after")).isEqualTo("1");
    }

    @Test
    void takesFilesLargerThanABodyOfJson() {
        var place = ALL + "/7/file";
        var png = "Content-Type: image/png";
        var large = "x".repeat(2 << 20);
        var kept = send(address(), "PUT", place, large, with(png));
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(kept.json().get("bytes").asLong()).isEqualTo(2 << 20);
        assertProblem(send(address(), "PUT", place, large, with("Content-Type: text/html")), 415, "body-unsupported");
        assertProblem(request(address(), "PUT", place, with(png)), 400, "body-invalid");
        assertProblem(
                send(address(), "PUT", place, "x".repeat((int) Notes.SIZE_MAX + 1), with(png)), 413, "body-too-large");
        assertProblem(post("{\"title\": \"%s\"}".formatted(large)), 413, "body-too-large");
    }

    @Test
    void sendsAFileOrARangeOfIt() {
        notes.files.put("7", "0123456789".getBytes(StandardCharsets.UTF_8));
        var place = ALL + "/7/file";
        var whole = RawClient.get(address(), place, Plant.TOKEN);
        assertThat(whole.text()).isEqualTo("0123456789");
        assertThat(whole.header("accept-ranges")).isEqualTo("bytes");
        assertThat(whole.header("content-disposition"))
                .isEqualTo("attachment; filename*=UTF-8''Pr%C3%BCfbericht%201.txt");
        assertThat(whole.header("content-security-policy")).startsWith("sandbox");
        var part = RawClient.get(address(), place, Plant.TOKEN, "Range: bytes=2-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("content-range")).isEqualTo("bytes 2-4/10");
        var same = RawClient.get(address(), place, Plant.TOKEN, "Range: bytes=-1", "If-Range: \"v10\"");
        assertThat(same.text()).isEqualTo("9");
        var changed = RawClient.get(address(), place, Plant.TOKEN, "Range: bytes=-1", "If-Range: \"v9\"");
        assertThat(changed.status()).isEqualTo(200);
        var beyond = RawClient.get(address(), place, Plant.TOKEN, "Range: bytes=10-");
        assertProblem(beyond, 416, "range-not-satisfiable");
        assertThat(beyond.header("content-range")).isEqualTo("bytes */10");
        assertThat(RawClient.get(address(), place, Plant.TOKEN, "If-None-Match: \"v10\"")
                        .status())
                .isEqualTo(304);
        var head = request(address(), "HEAD", place, Plant.TOKEN);
        assertThat(head.header("content-length")).isEqualTo("10");
    }

    @Test
    void countsRequestsWithoutAValidTokenByTheirAddress() {
        restart(Map.of("api-rate-limit", "2"));
        assertProblem(RawClient.get(address(), "/api/work-orders/overview"), 401, "token-missing");
        assertProblem(RawClient.get(address(), "/api/nothing", "Authorization: Bearer guessed"), 401, "token-missing");
        assertProblem(RawClient.get(address(), "/metrics", "Authorization: Bearer guessed"), 429, "rate-limited");
        assertThat(RawClient.get(address(), "/api/work-orders/overview", Plant.TOKEN)
                        .status())
                .as("who has a token")
                .isEqualTo(200);
    }

    @Test
    void countsTheClientsBehindATrustedProxyOneByOne() {
        restart(Map.of("api-rate-limit", "1", "trusted-proxies", "10.0.0.0/8, 127.0.0.1"));
        var one = "X-Forwarded-For: 203.0.113.5";
        assertThat(RawClient.get(address(), "/api/hello", one).status()).isEqualTo(200);
        assertProblem(RawClient.get(address(), "/api/hello", one), 429, "rate-limited");
        assertThat(RawClient.get(address(), "/api/hello", "X-Forwarded-For: 203.0.113.6")
                        .status())
                .isEqualTo(200);
        restart(Map.of("api-rate-limit", "1"));
        assertThat(RawClient.get(address(), "/api/hello", one).status()).isEqualTo(200);
        assertProblem(RawClient.get(address(), "/api/hello", "X-Forwarded-For: 203.0.113.6"), 429, "rate-limited");
    }

    @Test
    void limitsTheRequestsOfEachCaller() {
        restart(Map.of("api-rate-limit", "2"));
        var first = RawClient.get(address(), "/api/work-orders/overview", Plant.TOKEN);
        assertThat(first.header("ratelimit-policy")).isEqualTo("\"caller\";q=2;w=60");
        assertThat(first.header("ratelimit")).matches("\"caller\";r=1;t=\\d+");
        assertThat(RawClient.get(address(), "/api/nothing", Plant.TOKEN).header("ratelimit"))
                .contains("r=0");
        var refused = RawClient.get(address(), "/api/work-orders/overview", Plant.TOKEN);
        assertProblem(refused, 429, "rate-limited");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(0, 60);
        assertThat(refused.header("ratelimit")).contains("r=0");
        assertThat(RawClient.get(address(), "/api/hello").status())
                .as("somebody else")
                .isEqualTo(200);
        assertThat(RawClient.get(address(), "/health/live").status()).isEqualTo(200);
        restart(Map.of("api-rate-limit", "0"));
        assertThat(RawClient.get(address(), "/api/hello").headers()).doesNotContainKey("ratelimit");
    }
}
