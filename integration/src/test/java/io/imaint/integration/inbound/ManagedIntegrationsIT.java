package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.Documents;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@NullMarked
class ManagedIntegrationsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL = "/api/integrations";

    private record Reply(int status, JsonNode json) {}

    @TempDir
    private Path directory = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Telemetry telemetry = Telemetry.create();
    private Store store = none();
    private Documents<Integration> integrations = none();
    private ApiServer server = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Set before each test.
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void start() {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        integrations = store.documents(Integrations.TYPE);
        Integrations.seed(integrations);
        server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                List.of(new ManagedIntegrations(store)),
                token -> Optional.of(new Caller(
                        token,
                        token.equals("reader")
                                ? Set.of(new Permission("integrations.read"))
                                : Set.of(new Permission("integrations.read"), new Permission("integrations.edit")),
                        PlantScope.ALL)),
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
        telemetry.close();
        http.close();
    }

    private Reply send(String method, String path, String body) {
        return sendAs("editor", method, path, body);
    }

    private Reply sendAs(String caller, String method, String path, String body) {
        return exchange(caller, method, path, body, "");
    }

    /** Sends back what was shown and edited. */
    private Reply save(String name, JsonNode shown) {
        return save(name, "{\"document\": %s}".formatted(shown.get("document")), shown);
    }

    private Reply save(String name, String body, JsonNode shown) {
        return exchange(
                "editor", "PUT", ALL + "/" + name, body, shown.get("version").asString());
    }

    private Reply remove(String name, String version) {
        return exchange("editor", "DELETE", ALL + "/" + name, "", version);
    }

    private Reply exchange(String caller, String method, String path, String body, String version) {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("If-Match", version.isEmpty() ? "*" : '"' + version + '"')
                .header("Authorization", "Bearer " + caller)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Reply(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "null" : answer.body()));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private JsonNode shown(String name) {
        return send("GET", ALL + "/" + name, "").json();
    }

    private static ObjectNode document(JsonNode shown) {
        return (ObjectNode) shown.get("document");
    }

    @Test
    void listsAllWithTheirState() {
        var listed = send("GET", ALL, "");
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json().get("items").size())
                .isEqualTo(Integrations.product().size());
        var first = listed.json().get("items").get(0);
        assertThat(first.get("statusText").asString()).isEqualTo("not loaded yet");
        assertThat(first.get("schedule").asString()).startsWith("PT");
        assertThat(first.get("lastError").isNull()).isTrue();
    }

    @Test
    void savesWhatWasShownAndEdited() {
        var shown = shown("plants");
        document(shown).put("pageSize", 250);
        var saved = save("plants", shown);
        assertThat(saved.status()).as(saved.json().toString()).isEqualTo(200);
        assertThat(saved.json().get("version")).isNotEqualTo(shown.get("version"));
        assertThat(integrations.find("plants").orElseThrow().value().reading().pageSize())
                .isEqualTo(250);
    }

    @Test
    void savesEveryIntegrationOfTheProductUnchanged() {
        for (var product : Integrations.product()) {
            var shown = shown(product.name());
            var saved = save(product.name(), shown);
            assertThat(saved.status()).as(saved.json().toString()).isEqualTo(200);
            assertThat(saved.json().get("version")).isEqualTo(shown.get("version"));
        }
    }

    @Test
    void tellsEverythingThatIsWrongByName() {
        var shown = shown("plants");
        document(shown)
                .put("pagesize", 250)
                .put("colour", "red")
                .put("pageSize", "many")
                .put("status", 7)
                .put("collection", 1);
        ((ObjectNode) document(shown).get("fields").get(1)).put("convert", "magic");
        ((ObjectNode) document(shown).get("schedule")).put("every", "soon");
        var refused = save("plants", shown);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("code").asString()).isEqualTo("definition-refused");
        assertThat(refused.json().get("errors").findValuesAsString("parameter"))
                .contains("fields[1]", "schedule", "status", "collection");
        assertThat(refused.json().get("detail").asString()).contains("'pagesize', 'colour' are unknown");
        assertThat(shown("plants").get("version")).isEqualTo(shown.get("version"));
    }

    @Test
    void refusesKeysByWhichTwoRowsWouldMeetInOneDocument() {
        var shown = shown("work-centers");
        document(shown).putArray("keys").add("ARBPL");
        var refused = save("work-centers", shown);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("code").asString()).isEqualTo("definition-refused");
        assertThat(refused.json().get("errors").findValuesAsString("parameter")).containsExactly("keys");
        assertThat(refused.json().get("detail").asString()).contains("leave out WERKS of SAP's key");
        document(shown).put("filter", "WERKS eq '1000'");
        assertThat(save("work-centers", shown).status())
                .as("work centers of one plant")
                .isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoEdit() {
        var shown = shown("plants");
        assertThat(send("PUT", ALL + "/plants", "{\"document\": {}}").status()).isEqualTo(428);
        assertThat(save("plants", "{\"document\": 7}", shown).status()).isEqualTo(400);
        var whole = "{\"document\": %s}".formatted(shown.get("document"));
        assertThat(save("plants", whole.replaceFirst("\"plants\"", "\"plantz\""), shown)
                        .json()
                        .get("detail")
                        .asString())
                .contains("names do not change");
        assertThat(save("nothing", whole.replace("\"plants\"", "\"nothing\""), shown)
                        .status())
                .isEqualTo(404);
        document(shown).putObject("schedule").put("cron", "every morning");
        assertThat(save("plants", shown).json().get("detail").asString()).contains("every morning");
        document(shown).remove("schedule");
        document(shown).putArray("dependsOn").add("work-orders");
        assertThat(save("plants", shown).json().get("detail").asString()).contains("depend on each other");
        document(shown).putArray("dependsOn").add("gone");
        assertThat(save("plants", shown).json().get("detail").asString()).contains("'gone', which does not exist");
        document(shown).remove("dependsOn");
        document(shown).put("collection", "WorkOrders");
        assertThat(save("plants", shown).json().get("detail").asString())
                .contains("WorkOrders is filled by work-orders already");
    }

    @Test
    void letsOneOfTwoEditorsWinAndShowsTheOtherWhatStandsThere() throws Exception {
        var shown = shown("plants");
        List<Callable<Reply>> editors = List.of(100, 200, 300, 400).stream()
                .map(size -> {
                    var own = shown.deepCopy();
                    document(own).put("pageSize", size);
                    return (Callable<Reply>) () -> save("plants", own);
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var replies = threads.invokeAll(editors).stream()
                    .map(ManagedIntegrationsIT::got)
                    .toList();
            assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
            var now = shown("plants");
            for (var lost :
                    replies.stream().filter(reply -> reply.status() != 200).toList()) {
                assertThat(lost.status()).isEqualTo(412);
                assertThat(lost.json().get("code").asString()).isEqualTo("integration-changed");
                assertThat(lost.json().get("current").get("version")).isEqualTo(now.get("version"));
                assertThat(lost.json().get("current").get("document")).isEqualTo(now.get("document"));
            }
        }
    }

    private static Reply got(java.util.concurrent.Future<Reply> reply) {
        try {
            return reply.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void doesNotTakeTheStatusOfARunForAnEdit() {
        var shown = shown("plants");
        var plan = new LoadState.Plan(
                "p", "", "PlantSet", List.of(""), LoadState.KeyRanges.ALL, null, 0, Instant.EPOCH, false);
        note(InboundState.none("plants").with(LoadState.NONE.begun(plan, List.of(), Instant.EPOCH)));
        var options = LoadOptions.of(1, 1);
        try (var _ = HeldLease.acquire(store, "plants", 1, options).orElseThrow()) {
            assertThat(shown("plants").get("status").asInt()).isEqualTo(3);
            document(shown).put("pageSize", 250);
            var saved = save("plants", shown);
            assertThat(saved.status()).isEqualTo(200);
            assertThat(saved.json().get("status").asInt())
                    .as("what it is doing stays")
                    .isEqualTo(3);
        }
        assertThat(shown("plants").get("status").asInt()).isEqualTo(1);
    }

    private void note(InboundState state) {
        store.documents(InboundState.TYPE).upsertAll(List.of(state));
    }

    /** As they may stand in a store that older programs wrote. */
    @Test
    void twoOfOneCollectionCanBePausedAndSwitchedOffAndAreNotSeeded() {
        var plants = integrations.find("plants").orElseThrow();
        var document = Integrations.TYPE.write(plants.value()).put("name", "my-plants");
        assertThat(integrations.insert(Integrations.TYPE.read(document))).isInstanceOf(Documents.Written.Done.class);
        assertThat(send("POST", ALL + "/my-plants/pause", "").status()).isEqualTo(200);
        var shown = shown("plants");
        document(shown).put("status", 0);
        assertThat(save("plants", shown).status()).isEqualTo(200);
        integrations.remove("plants", integrations.find("plants").orElseThrow().rev());
        assertThat(Integrations.seed(integrations)).isZero();
        assertThat(integrations.find("plants")).isEmpty();
    }

    @Test
    void addsAndRemoves() {
        var own = document(shown("plants"))
                .put("name", "own-plants")
                .put("collection", "ZOwnPlants")
                .put("status", 0);
        var added = send("POST", ALL, "{\"document\": %s}".formatted(own));
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        assertThat(send("POST", ALL, "{\"document\": %s}".formatted(own))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("integration-exists");
        var version = added.json().get("version").asString();
        assertThat(remove("own-plants", "other").status()).isEqualTo(412);
        assertThat(remove("own-plants", version).status()).isEqualTo(204);
        assertThat(send("GET", ALL + "/own-plants", "").status()).isEqualTo(404);
        var plants = shown("plants").get("version").asString();
        assertThat(remove("plants", plants).json().get("code").asString()).isEqualTo("integration-in-use");
    }

    @Test
    void pausesResumesAndSchedules() {
        assertThat(send("POST", ALL + "/plants/pause", "").json().get("paused").asBoolean())
                .isTrue();
        var error = InboundState.LastError.of(
                InboundProblem.INBOUND_RUNNING.because("by a clock ahead"),
                Instant.now().plusSeconds(9));
        note(InboundState.none("plants").with(InboundState.Health.NONE.failed(error)));
        assertThat(shown("plants").get("status").asInt()).isEqualTo(4);
        var resumed = send("POST", ALL + "/plants/resume", "").json();
        assertThat(resumed.get("paused").asBoolean()).isFalse();
        assertThat(resumed.get("status").asInt()).isEqualTo(1);
        var scheduled = send("PUT", ALL + "/plants/schedule", "{\"cron\": \"*/5 * * * *\", \"misfire\": \"skip\"}");
        assertThat(scheduled.json().get("schedule").asString()).isEqualTo("*/5 * * * *");
        for (var wrong : List.of(
                "{\"cron\": \"x\"}",
                "{\"every\": \"PT0.01S\"}",
                "{\"every\": \"PT1S\", \"cron\": \"* * * * *\"}",
                "{\"evry\": \"PT1S\"}",
                "{\"every\": \"soon\"}")) {
            assertThat(send("PUT", ALL + "/plants/schedule", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aScheduleAndAPauseAtTheSameMomentLoseNeither() {
        var definitions = new Definitions(store);
        var rival = new Definitions(store);
        var raced = new AtomicBoolean();
        var after = definitions.schedule("plants", before -> {
            if (raced.compareAndSet(false, true)) {
                rival.pause("plants"); // Between the reading and the writing of the other.
            }
            return new Schedule(Duration.ofSeconds(9), null, before.jitter(), before.misfire(), before.paused());
        });
        assertThat(after.integration().schedule().every()).isEqualTo(Duration.ofSeconds(9));
        assertThat(after.integration().schedule().paused()).isTrue();
    }

    @Test
    void aChangeByARouteIsOneLineInTheLogWithTheCallerAndBothVersions() {
        try (var log = new RecordedLog(Definitions.class)) {
            var before = send("GET", ALL + "/plants", "").json().get("version").asString();
            var after = send("POST", ALL + "/plants/pause", "")
                    .json()
                    .get("version")
                    .asString();
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst())
                    .startsWith("caller ")
                    .endsWith("paused integration plants: version %s before, %s after".formatted(before, after));
        }
    }

    @Test
    void letsReadersOnlyRead() {
        assertThat(sendAs("reader", "GET", ALL, "").status()).isEqualTo(200);
        assertThat(sendAs("reader", "POST", ALL + "/plants/pause", "").status()).isEqualTo(403);
        assertThat(sendAs("reader", "PUT", ALL + "/plants", "{}").status()).isEqualTo(403);
    }
}
