package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.IdempotencyKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class InboundRoutesIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMPARISONS = "/api/inbound/comparisons";
    private static final String RUNS = "/api/inbound/runs";

    private record Reply(int status, JsonNode json) {}

    @TempDir
    private Path directory = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Telemetry telemetry = Telemetry.create();
    private Bench bench = none();
    private Inbound inbound = none();
    private ApiServer server = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Set before each test.
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        inbound = bench.inbound(3);
        inbound.bindTo(telemetry.registry());
        server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(inbound),
                token -> Optional.of(new Caller(
                        token,
                        token.equals("reader")
                                ? Set.of(new Permission("inbound.read"))
                                : Set.of(new Permission("inbound.read"), new Permission("inbound.run")),
                        PlantScope.ALL)),
                new IdempotencyKeys(bench.store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
        inbound.awaitFirstLoad();
    }

    @AfterEach
    void stop() {
        server.close();
        inbound.close();
        bench.close();
        telemetry.close();
        http.close();
    }

    private HttpRequest request(String caller, String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer " + caller)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private Reply send(String caller, String method, String path, String body) {
        try {
            var answer = http.send(request(caller, method, path, body), BodyHandlers.ofString());
            return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private Reply send(String method, String path, String body) {
        return send("operator", method, path, body);
    }

    private void awaitNoJobs() {
        await().until(() ->
                send("GET", "/api/inbound/jobs", "").json().get("items").isEmpty());
    }

    @Test
    void startsLoadsAndDeltasAndTellsTheirHistory() {
        var started = send("POST", RUNS, "{\"kind\": \"load\", \"integrations\": [\"plants\"]}");
        assertThat(started.status()).as(started.json().toString()).isEqualTo(202);
        assertThat(started.json().get("integrations").toString()).isEqualTo("[\"plants\"]");
        awaitNoJobs();
        var delta = send("POST", RUNS, "{\"kind\": \"delta\", \"integrations\": [\"plants\"]}");
        assertThat(delta.status()).isEqualTo(202);
        awaitNoJobs();
        assertThat(send("GET", RUNS + "?integration=plants", "").status()).isEqualTo(200);
        assertThat(send("GET", RUNS + "?limit=5", "").json().get("items").size())
                .isLessThanOrEqualTo(5);
    }

    @Test
    void measuresRuns() {
        send("POST", RUNS, "{\"kind\": \"load\", \"integrations\": [\"plants\"]}");
        awaitNoJobs();
        await().untilAsserted(() -> assertThat(telemetry.scrape())
                .contains("imaint_inbound_rows_total{integration=\"plants\",kind=\"load\"}")
                .contains("imaint_inbound_runs_seconds_count{integration=\"plants\",kind=\"load\",result=\"done\"}")
                .contains("imaint_inbound_last_success_age_seconds{integration=\"plants\",kind=\"load\"}"));
    }

    @Test
    void refusesWhatCannotBeStartedOrStopped() {
        assertThat(send("POST", RUNS, "{\"kind\": \"load\", \"integrations\": [\"nothing\"]}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("integration-unknown");
        assertThat(send("POST", RUNS, "{\"kind\": \"sideways\"}")
                        .json()
                        .get("detail")
                        .asString())
                .contains("load, delta");
        assertThat(send("POST", RUNS, "{\"kind\": \"load\", \"names\": []}").status())
                .isEqualTo(400);
        assertThat(send("reader", "POST", RUNS, "{\"kind\": \"load\"}").status())
                .isEqualTo(403);
        var stop = send("POST", "/api/inbound/integrations/plants/stop", "");
        assertThat(stop.status()).isEqualTo(409);
        assertThat(stop.json().get("code").asString()).isEqualTo("inbound-not-stopped");
        assertThat(send("GET", RUNS + "?integration=nothing", "").status()).isEqualTo(404);
    }

    @Test
    void comparesWithSapAndTellsHowItWent() {
        assertThat(compared("").get("items").isEmpty()).isTrue();
        assertThat(compare("plants", "")).isEqualTo("same");
        assertThat(compare("plants", ", \"repair\": true, \"contents\": true")).isEqualTo("same");
        var last = compared("?integration=plants").at("/items/0");
        assertThat(last.at("/repair").asBoolean() && last.at("/contents").asBoolean())
                .isTrue();
        assertThat(last.at("/report/sourceRows").asLong())
                .isEqualTo(last.at("/documents").asLong())
                .isPositive();
        assertThat(last.at("/rowsRead").asLong()).isPositive();
        assertThat(compared("").get("items").size()).isEqualTo(1);

        var nothing = "{\"integrations\": [\"nothing\"]}";
        assertThat(send("POST", COMPARISONS, nothing).status()).isEqualTo(404);
        assertThat(send("reader", "POST", COMPARISONS, nothing).status()).isEqualTo(403);
        assertThat(send("reader", "GET", COMPARISONS + "?integration=nothing", "")
                        .status())
                .isEqualTo(404);
    }

    /** How a comparison ended. */
    private String compare(String integration, String how) {
        var started = send("POST", COMPARISONS, "{\"integrations\": [\"%s\"]%s}".formatted(integration, how));
        assertThat(started.status()).as(started.json().toString()).isEqualTo(202);
        awaitNoJobs();
        return compared("?integration=" + integration).at("/items/0/state").asString();
    }

    private JsonNode compared(String query) {
        return send("reader", "GET", COMPARISONS + query, "").json();
    }

    @Test
    void stopsTheRunOfAnotherProcessAndNotTheNextOne() throws Exception {
        bench.sap.rows("PlantSet", 30);
        var atSecondPage = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var elsewhere = bench.tampered(3, (client, request, sink) -> {
            if (request.target().contains("skiptoken")) {
                atSecondPage.countDown();
                awaitQuietly(asked);
            }
            return client.read(request, sink);
        })) {
            var result = CompletableFuture.supplyAsync(
                    () -> elsewhere.run(List.of("plants"), LoadListener.NONE, new Cancellation()));
            assertThat(atSecondPage.await(20, TimeUnit.SECONDS)).isTrue();
            var stop = send("POST", "/api/inbound/integrations/plants/stop", "");
            assertThat(stop.status()).as(stop.json().toString()).isEqualTo(202);
            assertThat(stop.json().get("runners").size()).isEqualTo(1);
            await().pollDelay(java.time.Duration.ofMillis(1200))
                    .until(() -> true); // Wishes are looked for each second.
            asked.countDown();
            assertThat(result.get(20, TimeUnit.SECONDS).getFirst()).isInstanceOf(RunResult.Cancelled.class);
            assertThat(elsewhere
                            .run(List.of("plants"), LoadListener.NONE, new Cancellation())
                            .getFirst())
                    .isInstanceOf(RunResult.Loaded.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopping) {
            throw new AssertionError(stopping);
        }
    }

    @Test
    void listsDeadLetters() {
        var letters = new DeadLetters(bench.store);
        letters.keep(List.of(new DeadLetter(
                "plants",
                "PlantSet",
                "1000",
                Map.of("WERKS", "1000"),
                "NAME1",
                "x",
                "no text",
                "inbound-row-unreadable",
                java.time.Instant.EPOCH,
                java.time.Instant.EPOCH,
                1)));
        var listed =
                send("GET", "/api/inbound/dead-letters?integration=plants", "").json();
        assertThat(listed.get("total").asInt()).isEqualTo(1);
        assertThat(listed.get("items").get(0).get("property").asString()).isEqualTo("NAME1");
    }

    @Test
    void followsHowAllStandAndEveryChange() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var answer = http.send(request("reader", "GET", "/api/inbound/events", ""), BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        var reader = Thread.ofVirtual().start(() -> answer.body().forEach(lines::add));
        int all = Integrations.product().size();
        await().until(() -> count(lines, "event: changed") >= all);
        send("POST", RUNS, "{\"kind\": \"load\", \"integrations\": [\"plants\"]}");
        await().until(() -> count(lines, "event: progressed") >= 1 && count(lines, "event: ended") >= 1);
        assertThat(lines).anyMatch(line -> line.startsWith("data: {\"integration\":\"plants\",\"result\":\"loaded"));
        int before = count(lines, "event: changed");
        var integrations = bench.store.documents(Integrations.TYPE);
        var plants = integrations.find("plants").orElseThrow();
        Integration paused = plants.value().with(plants.value().schedule().paused(true));
        integrations.replace(paused, plants.rev());
        await().until(() -> count(lines, "event: changed") > before
                && lines.stream().anyMatch(line -> line.contains("\"paused\":true")));
        server.close();
        assertThat(reader.join(java.time.Duration.ofSeconds(20))).isTrue();
    }

    private static int count(List<String> lines, String line) {
        return (int) lines.stream().filter(line::equals).count();
    }
}
