package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: what is changed in SAP by others arrives by a delta, and a comparison finds and repairs what was damaged. Method:
 * the simulator and the commands as processes of their own; a foreign client changes an order.
 */
class DeltaIT {
    private static final String ORDERS = "work-orders";
    private static final String DOCUMENTS = "measurement-documents";

    @TempDir
    private static Path temp = Path.of("");

    private static Program simulator;
    private static URI service = URI.create("");
    private static Map<String, String> settings = Map.of();

    @BeforeAll
    static void startSimulator() {
        simulator = Program.start(temp.resolve("simulator"), Map.of(), "simulator", "--port", "0", "--orders", "300");
        var url = simulator.awaitLine("ready").split(" ", -1)[1];
        service = URI.create(url);
        settings = Map.of(
                "IMAINT_SAP_URL",
                url,
                "IMAINT_SAP_USER",
                "IMAINT",
                "IMAINT_SAP_PASSWORD",
                SimulatorSettings.DEMO_PASSWORD);
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @Test
    void aChangeInSapArrivesAndDamageIsFoundAndRepaired(@TempDir Path home) {
        succeed(home, "inbound", "run");
        succeed(home, "inbound", "delta");
        var order = createOrder();
        var delta = succeed(home, "inbound", "delta", ORDERS, "operations", "--json");
        assertThat(delta).contains("delta token").contains("\"inserted\" : 1");
        String damaged;
        try (var store = store(home)) {
            var orders = store.documents(Replicas.WORK_ORDERS);
            assertThat(orders.find(order)).isPresent();
            var first = orders.list(Query.where(Condition.ALL).limit(1)).items().getFirst();
            damaged = first.key();
            assertThat(orders.remove(damaged, first.rev())).isTrue();
        }
        var found = run(home, "inbound", "verify", ORDERS);
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.output()).contains("1 missing, 0 stale, 0 superfluous").contains("missing: " + damaged);
        assertThat(succeed(home, "inbound", "verify", ORDERS, "--repair")).contains("repaired");
        assertThat(succeed(home, "inbound", "verify", "--contents")).doesNotContain("differs");
        try (var store = store(home)) {
            assertThat(store.documents(Replicas.WORK_ORDERS).find(damaged)).isPresent();
        }
    }

    @Test
    void theKeyRangeThatDiffersIsNamed(@TempDir Path home) {
        try (var store = store(home)) {
            splitEveryThousand(store);
        }
        succeed(home, "inbound", "run", DOCUMENTS);
        succeed(home, "inbound", "delta", DOCUMENTS);
        String damaged;
        try (var store = store(home)) {
            var documents = store.documents(Replicas.MEASUREMENT_DOCUMENTS);
            var first =
                    documents.list(Query.where(Condition.ALL).limit(1)).items().getFirst();
            damaged = first.key();
            assertThat(documents.remove(damaged, first.rev())).isTrue();
        }
        var told = run(home, "inbound", "verify", DOCUMENTS);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.output().lines().filter(line -> line.startsWith("  MDOCM")))
                .satisfiesExactly(
                        below -> assertThat(below).containsPattern("MDOCM below \\d+ +differs +584 +583 +1 +0 +0"),
                        from -> assertThat(from).containsPattern("MDOCM from \\d+ +equal +584 +584 +0 +0 +0"));
        var json = run(home, "inbound", "verify", DOCUMENTS, "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        var partitions = JsonMapper.shared().readTree(json.output()).at("/0/partitions");
        assertThat(partitions.at("/0/missing").intValue()).isEqualTo(1);
        assertThat(partitions.at("/0/sameSum").booleanValue()).isFalse();
        assertThat(partitions.at("/0/below").stringValue())
                .isEqualTo(partitions.at("/1/from").stringValue())
                .isGreaterThan(damaged);
        assertThat(partitions.at("/1/sameSum").booleanValue()).isTrue();
    }

    private static void splitEveryThousand(Store store) {
        var integrations = store.documents(Integrations.TYPE);
        Integrations.seed(integrations);
        var stored = integrations.find(DOCUMENTS).orElseThrow();
        var before = stored.value();
        var reading = new Reading(
                null,
                null,
                new Reading.Partitioning("MDOCM", 1000),
                before.reading().delta(),
                before.reading().changeStamp());
        var split = new Integration(
                before.name(), null, before.mapping(), reading, before.schedule(), List.of(), before.status());
        assertThat(integrations.replace(split, stored.rev())).isInstanceOf(Documents.Written.Done.class);
    }

    private static String succeed(Path home, String... arguments) {
        var program = run(home, arguments);
        var output = program.output();
        assertThat(program.exitCode()).as(output + program.errors()).isZero();
        return output;
    }

    private static Program run(Path home, String... arguments) {
        return Program.start(home, settings, arguments);
    }

    private static Store store(Path home) {
        return StoreService.open(new StoreSettings(home, Optional.empty()));
    }

    private static String createOrder() {
        try (var entry = new OrderEntry(service.toString())) {
            var created = entry.create("Pump is loud");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            return JsonMapper.shared().readTree(created.body()).at("/d/AUFNR").stringValue();
        }
    }
}
