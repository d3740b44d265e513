package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.MortalStore;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share a load in parts and die at any of their calls to the store, alone or side by side. */
class PartitionsSimulation {
    private static final String SET = "PlantSet";
    private static final int ROWS = 3000;
    private static final int PAGE = 700;

    /** Far more calls than one load makes. */
    private static final int CALLS_MAX = 200;

    /** Every one would take minutes; coprime to the calls of a page and of a part, so that each kind is met. */
    private static final int CALLS_STEP = 3;

    private static final int DEATHS_MAX = 12;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverDiesAtWhateverCallTheNextOneEndsTheLoad(boolean doneThen) {
        for (int call = 1; call < CALLS_MAX; call += CALLS_STEP) {
            try (var bench = bench("call-" + call)) {
                boolean died = runUntilDeath(bench, new MortalStore(bench.store, call, doneThen));
                var result = Bench.run(bench.loads(PAGE), "plants").getFirst();
                assertThat(result).as("after call %d", call).isInstanceOf(RunResult.Loaded.class);
                if (!died) {
                    assertThat(call).isGreaterThan(30);
                    return;
                }
                assertWhole(bench, "after call " + call);
            }
        }
        throw new AssertionError("the load never ended");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void processesThatComeAndDieAtRandomLeaveAWholeLoad(long seed) {
        try (var bench = bench("seed")) {
            var random = new Random(seed);
            for (int death = 0; death < random.nextInt(1, DEATHS_MAX); death++) {
                var together = IntStream.range(0, random.nextInt(1, 4))
                        .mapToObj(i -> new MortalStore(bench.store, random.nextInt(1, 90), random.nextBoolean()))
                        .map(store -> CompletableFuture.runAsync(() -> runUntilDeath(bench, store)))
                        .toList();
                together.forEach(CompletableFuture::join);
            }
            while (!bench.state("plants").loaded()
                    || bench.state("plants").load().open()) {
                Bench.run(bench.loads(PAGE), "plants");
            }
            var rows = bench.all(Replicas.PLANTS);
            assertThat(rows).as("seed %d", seed).hasSize(ROWS).allMatch(stored -> stored.rev() == 1);
            assertThat(bench.state("plants").load().counters().rowsRead())
                    .as("seed %d", seed)
                    .isEqualTo(ROWS);
        }
    }

    private Bench bench(String name) {
        var bench = new Bench(directory.resolve(name));
        bench.sap.rows(SET, ROWS);
        bench.partitioned("plants", 1000);
        return bench;
    }

    private static void assertWhole(Bench bench, String when) {
        assertThat(bench.all(Replicas.PLANTS)).as(when).hasSize(ROWS).allMatch(stored -> stored.rev() == 1);
        assertThat(bench.state("plants").load().counters()).as(when).isEqualTo(new Counters(ROWS, ROWS, 0, 0, 6, 0));
    }

    /**
     * True when the process died before its load had ended. It passes for dead all its life: so its leases are taken from
     * it at once, even while it works, as from one that was paused for too long.
     */
    private static boolean runUntilDeath(Bench bench, MortalStore mortal) {
        var terms = new LoadOptions(
                2,
                PAGE,
                Bench.DEAD,
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                InstantSource.system(),
                new Random(1),
                (stop, time) -> stop.pause(Duration.ofMillis(5)));
        try (var loads = new InboundLoads(mortal, "test", bench.client(), terms)) {
            loads.run(List.of("plants"), LoadListener.NONE, new Cancellation());
        } catch (MortalStore.Died atTheEdge) {
            assertThat(mortal.died()).isTrue();
        }
        return mortal.died() && !bench.state("plants").loaded();
    }
}
