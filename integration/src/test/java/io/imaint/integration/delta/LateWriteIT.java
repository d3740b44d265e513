package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.PausedStore;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a process that stands still right before a write and goes on after another took its work over writes nothing.
 * Method: its write waits until the other is done; it counts as ended, so that nobody waits for its lease's end.
 */
class LateWriteIT extends ChangingSet {
    LateWriteIT(@TempDir Path directory) {
        super(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FunctionalLocations.upsertAll",
                "InboundParts.insert",
                "InboundParts.replace",
                "InboundStates.insert",
                "InboundStates.replace"
            })
    void ofALoad(String write) {
        bench.store.documents(InboundState.TYPE).removeAll(Condition.ALL);
        bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS).removeAll(Condition.ALL);
        var result = late(
                write,
                store -> {
                    var loads = new InboundLoads(store, "test", sap, bench.terms(3, Bench.DEAD, clock));
                    return loads.run(List.of(NAME), LoadListener.NONE, new Cancellation())
                            .getFirst();
                },
                () -> {
                    sap.put("FL-0", "PLTXT", "changed meanwhile");
                    sap.remove("FL-1");
                    var loads = new InboundLoads(bench.store, "test", sap, terms());
                    assertThat(loads.run(List.of(NAME), LoadListener.NONE, new Cancellation()))
                            .hasOnlyElementsOfType(RunResult.Loaded.class);
                });
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(StoreProblem.LEASE_LOST));
    }

    @Test
    void ofARowThatADeltaBrings() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        assertLost(lateDelta("FunctionalLocations.upsertAll", () -> sap.remove("FL-3")));
    }

    @Test
    void ofARemoval() {
        current();
        sap.remove("FL-5");
        assertLost(lateDelta("FunctionalLocations.remove", () -> sap.put("FL-5", "PLTXT", "came again")));
    }

    @Test
    void ofWhatAComparisonRepairs() {
        sap.put("FL-3", "PLTXT", "second");
        sap.expire();
        assertLost(lateDelta("FunctionalLocations.upsertAll", () -> sap.put("FL-3", "PLTXT", "third")));
    }

    @Test
    void ofAPosition() {
        current();
        sap.put("FL-3", "PLTXT", "second");
        assertLost(lateDelta("InboundStates.replace", () -> sap.put("FL-3", "PLTXT", "third")));
    }

    private RunResult lateDelta(String write, Runnable change) {
        return late(
                write,
                store -> {
                    try (var deltas = new Deltas(
                            Bench.context(store, sap, bench.terms(3, Bench.DEAD, clock)),
                            "READER",
                            SETTINGS,
                            Deltas.Listener.NONE)) {
                        return deltas.run(NAME, new Cancellation());
                    }
                },
                () -> {
                    change.run();
                    current();
                });
    }

    private static void assertLost(RunResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(StoreProblem.LEASE_LOST));
    }

    private interface Work<R> {
        R in(Store store);
    }

    /** What became of work that stood still before a write until others had done it. */
    private <R> R late(String write, Work<R> work, Runnable others) {
        var store = new PausedStore(bench.store, write);
        var result = CompletableFuture.supplyAsync(() -> work.in(store));
        store.awaitPause();
        try {
            others.run();
            assertSame();
            var position = bench.store.position();
            Supplier<Object> states =
                    () -> bench.store.documents(InboundState.TYPE).find(NAME);
            var state = states.get();
            store.goOn();
            var late = result.join();
            assertSame();
            assertThat(bench.store.position()).isEqualTo(position);
            assertThat(states.get()).isEqualTo(state);
            assertThat(bench.status(NAME)).isEqualTo(Status.ACTIVE);
            return late;
        } finally {
            store.goOn();
        }
    }
}
