package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Condition;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: a full disk refuses writes and loses none, and the same process goes on once there is space. Method: the program as
 * a process of its own whose data directory is on a small disk that the test fills.
 */
@Tag("long")
class FullDiskIT {
    private static final int DISK_MEGABYTES = 64;

    /** What a load needs several times of. */
    private static final long LOAD_SPACE_BYTES = 3L << 20;

    /** Far more than fit into what SQLite had taken of the disk before it was full. */
    private static final int ATTEMPTS_MAX = 5_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RULES = "/api/alert-rules";

    @TempDir
    private Path temp;

    private SmallDisk disk;

    @BeforeEach
    void mount() {
        disk = SmallDisk.mount(temp, DISK_MEGABYTES);
    }

    @AfterEach
    void unmount() {
        if (disk != null) { // Not mounted where this user may not.
            disk.close();
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** A rule of some kilobytes. */
    private static String rule(int number) {
        var users = String.join("\",\"", Collections.nCopies(50, "u".repeat(100)));
        return "{\"name\": \"rule %d\", \"fact\": \"MachineFailed\", \"users\": [\"%s\"]}".formatted(number, users);
    }

    private static Set<String> names(Api api) {
        var names = new TreeSet<String>();
        var path = RULES + "?limit=1000";
        var page = api.get(path);
        while (true) {
            page.get("items").forEach(item -> names.add(item.get("name").stringValue()));
            if (page.get("next").isNull()) {
                return names;
            }
            page = api.get(path + "&after=" + page.get("next").stringValue());
        }
    }

    @Test
    void refusesWritesLosesNoneAndGoesOnInTheSameProcess() {
        var home = disk.path("home");
        var acknowledged = new TreeSet<String>();
        try (var program = Program.start(home, Map.of(), "run", "--target", "alert-api-service,audit-service")) {
            var api = new Api(program.awaitLine("started"), home);
            for (int i = 0; i < 5; i++) {
                assertThat(api.post(RULES, rule(i)).statusCode()).isEqualTo(201);
                acknowledged.add("rule " + i);
            }
            disk.fill(0);
            var refused = writeUntilRefused(api, acknowledged);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            assertThat(json(refused).get("code").stringValue()).isEqualTo("store-full");
            assertThat(refused.body()).contains("Free disk space");
            assertThat(api.status("/health/live")).isEqualTo(200);
            assertThat(api.ready().statusCode()).isEqualTo(503);
            assertThat(api.ready().body()).contains("store-full");
            assertThat(names(api)).as("reads go on").isEqualTo(acknowledged);

            disk.free();
            Awaitility.await().atMost(PATIENCE).until(() -> api.ready().statusCode() == 200);
            assertThat(api.post(RULES, rule(-1)).statusCode()).isEqualTo(201);
            acknowledged.add("rule -1");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            api.get("/api/audit/verification").get("entries").asInt() == acknowledged.size());
            program.kill();
        }
        try (var again = Program.start(home, Map.of(), "run", "--target", "alert-api-service,audit-service")) {
            var api = new Api(again.awaitLine("started"), home);
            assertThat(names(api)).as("after kill -9").isEqualTo(acknowledged);
            assertThat(api.get("/api/audit/verification").get("findings")).isEmpty();
        }
    }

    private static HttpResponse<String> writeUntilRefused(Api api, Set<String> acknowledged) {
        for (int i = 100; i < ATTEMPTS_MAX; i++) {
            var response = api.post(RULES, rule(i));
            if (response.statusCode() != 201) {
                return response;
            }
            acknowledged.add("rule " + i);
        }
        throw new AssertionError("the disk does not get full");
    }

    @Test
    void endsALoadForWhichThereIsNoSpaceAndContinuesItOnceThereIs() {
        var home = disk.path("home");
        try (var simulator =
                Program.start(temp.resolve("sap"), Map.of(), "simulator", "--port", "0", "--orders", "2000")) {
            var url = simulator.awaitLine("ready").split(" ", -1)[1];
            var settings = Map.of(
                    "IMAINT_SAP_URL",
                    url,
                    "IMAINT_SAP_USER",
                    "IMAINT",
                    "IMAINT_SAP_PASSWORD",
                    SimulatorSettings.DEMO_PASSWORD);
            disk.fill(LOAD_SPACE_BYTES);
            try (var program = Program.start(home, settings, "run", "--target", "sap-inbound-api-service")) {
                var api = new Api(program.awaitLine("started"), home);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> api.ready().body().contains("store-full"));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> program.errors().lines().anyMatch(FullDiskIT::saysThatALoadEnded));

                disk.free();
                // The next attempt may be a minute away, and then everything is loaded.
                Awaitility.await()
                        .atMost(PATIENCE.multipliedBy(2))
                        .until(() -> api.ready().statusCode() == 200);
                program.terminate();
                assertThat(program.exitCode()).isIn(0, 130, 143);
            }
            assertHoldsAllOf(url, home);
        }
    }

    private static boolean saysThatALoadEnded(String line) {
        return line.contains(" failed: ") && line.contains("store-full") && line.contains("InboundLoad");
    }

    private static void assertHoldsAllOf(String url, Path home) {
        try (var source = new SapSource(URI.create(url), "IMAINT", SimulatorSettings.DEMO_PASSWORD);
                var store = StoreService.openToRead(new StoreSettings(home, Optional.empty()))) {
            for (var stored : Integrations.all(store.documents(Integrations.TYPE))) {
                var mapping = stored.value().mapping();
                var documents =
                        store.documents(Replicas.find(mapping.collection()).orElseThrow());
                assertThat(documents.count(Condition.ALL))
                        .as(stored.key())
                        .isEqualTo(source.count(mapping.entitySet()));
            }
        }
    }

    @Test
    void answersWithAnErrorOfODataWhenTheSimulatorCannotKeepAChange() {
        var home = disk.path("sap");
        try (var simulator = Program.start(home, Map.of(), "simulator", "--port", "0", "--orders", "200")) {
            var url = simulator.awaitLine("ready").split(" ", -1)[1];
            try (var entry = new OrderEntry(url)) {
                assertThat(entry.create("before").statusCode()).isEqualTo(201);
                disk.fill(0);
                var refused = createUntilRefused(entry);

                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
                assertThat(refused.headers().firstValue("content-type").orElse(""))
                        .startsWith("application/json");
                var error = json(refused).get("error");
                assertThat(error.get("code").stringValue()).isNotBlank();
                assertThat(error.at("/message/lang").stringValue()).isEqualTo("en");
                assertThat(error.at("/message/value").stringValue()).isNotBlank();

                disk.free();
                assertThat(entry.create("after").statusCode()).isEqualTo(201);
            }
        }
    }

    private static HttpResponse<String> createUntilRefused(OrderEntry entry) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            var response = entry.create("order " + i);
            if (response.statusCode() != 201) {
                return response;
            }
        }
        throw new AssertionError("the disk does not get full");
    }
}
