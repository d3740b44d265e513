package io.imaint.integration.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Holder;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: the schedule compares contents without being asked, and repairs them. Method: a day after a load. */
class BackgroundReconciliationIT {
    private final Bench bench;
    private final InstantSource tomorrow =
            () -> InstantSource.system().instant().plus(DeltaSettings.DEFAULT.contentsEvery());

    BackgroundReconciliationIT(@TempDir Path directory) {
        bench = new Bench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void repairsARowThatChangedBehindItsChangeStamp() {
        bench.sap.rows("PlantSet", 5);
        bench.sap.rows("WorkCenterSet", 5);
        Bench.run(bench.loads(3), "plants", "work-centers");
        var plants = bench.store.documents(Replicas.PLANTS);
        var plant = bench.all(Replicas.PLANTS).getFirst();
        var loaded = plant.value().text("name").orElseThrow();
        plants.upsertAll(List.of(plant.value().copy().put("name", "stale")));
        var stop = new Cancellation();
        try (var deltas = deltas();
                var background = BackgroundReconciliation.start(
                        bench.store.documents(Integrations.TYPE), deltas, tomorrow, stop)) {
            assertThat(background).isNotNull();
            await().until(() -> bench.state("plants").delta().contents() != null
                    && bench.state("work-centers").delta().contents() != null);
            stop.request();
        }
        assertThat(plants.find(plant.key()).orElseThrow().value().text("name")).contains(loaded);
    }

    private Deltas deltas() {
        return new Deltas(
                Bench.context(bench.store, bench.client(), bench.terms(3, Holder.here(), tomorrow)),
                "READER",
                DeltaSettings.DEFAULT,
                Deltas.Listener.NONE);
    }
}
