package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Condition;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: a first load outlasts a store that is away, and goes on within seconds. Method: a store that fails from a call on;
 * all times are a fiftieth of the real ones.
 */
class OutageIT {
    private static final int FASTER = 50;

    private final Bench bench;
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    OutageIT(@TempDir Path directory) {
        bench = new Bench(directory);
        Integrations.product()
                .forEach(integration -> bench.sap.rows(integration.mapping().entitySet(), 7));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private LoadOptions options() {
        return new LoadOptions(
                2,
                3,
                Holder.here(),
                Duration.ofSeconds(15).dividedBy(FASTER),
                Duration.ofSeconds(5).dividedBy(FASTER),
                InstantSource.system(),
                new Random(1),
                (stop, time) -> {
                    pauses.add(time);
                    stop.pause(time.dividedBy(FASTER));
                });
    }

    private Inbound started(OutageStore store) {
        var clock = InstantSource.system();
        var meters = new InboundMeters(clock);
        var loads = new InboundLoads(store, "test", bench.client(), options());
        var deltas = new Deltas(
                Bench.context(store, bench.client(), options()),
                bench.sap.system().credentials().user(),
                DeltaSettings.DEFAULT,
                meters);
        return Inbound.start(loads, options(), new InboundRoutes(store, loads, deltas, meters, clock));
    }

    @ParameterizedTest
    @CsvSource({
        "1, Plants.upsertAll",
        "10, WorkOrders.upsertAll",
        "60, WorkOrders.upsertAll",
        "10, leases.acquire",
    })
    void theFirstLoadGoesOnOnceTheStoreIsBack(int seconds, String from) {
        var store =
                new OutageStore(bench.store, from, Duration.ofSeconds(seconds).dividedBy(FASTER));
        try (var inbound = started(store)) {
            assertThat(inbound.awaitFirstLoad())
                    .as("nobody who waits hears of the outage")
                    .isNotEmpty()
                    .hasOnlyElementsOfType(RunResult.Loaded.class);
            assertThat(inbound.readiness().ready()).isTrue();
        }
        assertThat(store.isBack()).isTrue();
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(30)));
        for (var integration : Integrations.product()) {
            var type = Replicas.find(integration.mapping().collection()).orElseThrow();
            assertThat(bench.store.documents(type).count(Condition.ALL))
                    .as(integration.name())
                    .isEqualTo(7);
        }
    }
}
