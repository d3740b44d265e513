package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a Gateway's sets, read in parts, come out as they do in one. Method: the simulator, a store for each way. */
class LoadInPartitionsIT {
    private static final int ORDERS = 2500;

    @TempDir
    Path directory;

    @Test
    void aSetReadInPartsIsTheSetReadInOne() {
        try (var sap = SapGateway.start(
                        SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                        PlantSource.open(1, ORDERS, Optional.empty()),
                        InstantSource.system(),
                        request -> {});
                var whole = open("whole");
                var parts = open("parts")) {
            var system = new SapSystem(sap.serviceUrl(), sap.user(), sap.password(), sap.client(), "EN", "parts");
            load(whole, system);
            split(parts, "work-orders", "AUFNR");
            split(parts, "operations", "AUFNR");
            split(parts, "equipment", "EQUNR");
            load(parts, system);
            for (var integration : Integrations.product()) {
                assertThat(rows(parts, integration))
                        .as(integration.name())
                        .containsExactlyInAnyOrderElementsOf(rows(whole, integration));
            }
        }
    }

    /** What came from SAP; what is copied from other collections depends on which of them arrived first. */
    private static List<Document> rows(Store store, Integration integration) {
        var fields =
                integration.mapping().fields().stream().map(field -> field.to()).toList();
        var type = Replicas.find(integration.mapping().collection()).orElseThrow();
        return Documents.all(store, type)
                .map(stored -> {
                    var row = new Document();
                    fields.forEach(field -> row.put(field, stored.value().get(field)));
                    return row;
                })
                .toList();
    }

    private static void load(Store store, SapSystem system) {
        try (var loads = new InboundLoads(store, system, InboundSettings.read(Settings.of(Map.of())))) {
            assertThat(loads.runAll(LoadListener.NONE, new Cancellation()))
                    .hasOnlyElementsOfType(RunResult.Loaded.class);
            for (var integration : loads.integrations()) {
                var split = integration.reading().partitioning();
                var plan = Objects.requireNonNull(
                        loads.state(integration.name()).load().plan());
                assertThat(plan.partitions() > 1)
                        .as(integration.name())
                        .isEqualTo(split != null && Objects.requireNonNull(plan.total()) > split.rows());
            }
        }
    }

    private static void split(Store store, String name, String property) {
        var documents = store.documents(Integrations.TYPE);
        Integrations.seed(documents);
        var stored = documents.find(name).orElseThrow();
        var before = stored.value();
        var reading = before.reading();
        documents.replace(
                new Integration(
                        before.name(),
                        before.service(),
                        before.mapping(),
                        new Reading(
                                reading.pageSize(),
                                reading.filter(),
                                new Reading.Partitioning(property, 1000),
                                reading.delta(),
                                reading.changeStamp()),
                        before.schedule(),
                        before.dependsOn(),
                        before.status()),
                stored.rev());
    }

    private Store open(String name) {
        return StoreService.open(new StoreSettings(directory.resolve(name), Optional.empty()));
    }
}
