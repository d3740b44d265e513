package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.MortalStore;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Document;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies at each of its calls to the store, one after the other, and the one that follows it. */
class CrashSimulation {
    private static final String SET = "PlantSet";
    private static final int ROWS = 2500;
    private static final int PAGE = 1200;

    /** Far more calls than one load makes. */
    private static final int CALLS_MAX = 200;

    @TempDir
    Path directory;

    @Test
    void everyCrashIsFollowedByALoadThatEndsLikeAnUndisturbedOne() {
        List<Document> expected;
        try (var bench = new Bench(directory.resolve("undisturbed"))) {
            bench.sap.rows(SET, ROWS);
            Bench.run(bench.loads(PAGE), "plants");
            expected = bench.all(Replicas.PLANTS).stream().map(Stored::value).toList();
            assertThat(expected).hasSize(ROWS);
        }
        assertThat(crashes(expected, false)).isGreaterThan(15);
        assertThat(crashes(expected, true)).isGreaterThan(15);
    }

    private int crashes(List<Document> expected, boolean doneThen) {
        for (int call = 1; call < CALLS_MAX; call++) {
            try (var bench = new Bench(directory.resolve(doneThen + "-" + call))) {
                bench.sap.rows(SET, ROWS);
                if (!crash(bench, call, doneThen)) {
                    return call;
                }
                var results = Bench.run(bench.loads(PAGE), "plants");
                assertThat(results).as("after call %d", call).hasOnlyElementsOfType(RunResult.Loaded.class);
                assertThat(bench.all(Replicas.PLANTS))
                        .as("after call %d", call)
                        .allMatch(stored -> stored.rev() == 1)
                        .extracting(Stored::value)
                        .isEqualTo(expected);
                assertThat(bench.state("plants").load().counters())
                        .as("after call %d", call)
                        .matches(counters -> counters.rowsRead() == ROWS
                                && counters.inserted() == ROWS
                                && counters.unchanged() == 0
                                && counters.pages() == 3);
                assertReadAtMostOnceButTheOpenPage(bench, call);
            }
        }
        throw new AssertionError("the load never ended");
    }

    /** True when the process died before its load had ended. */
    private static boolean crash(Bench bench, int call, boolean doneThen) {
        var mortal = new MortalStore(bench.store, call, doneThen);
        try (var loads = new InboundLoads(
                mortal, "test", bench.client(), bench.terms(PAGE, Bench.DEAD, InstantSource.system()))) {
            loads.run(List.of("plants"), LoadListener.NONE, new Cancellation());
        } catch (MortalStore.Died atTheEdge) {
            assertThat(mortal.died()).isTrue();
        }
        return mortal.died()
                && !bench.store
                        .documents(Integrations.TYPE)
                        .find("plants")
                        .filter(stored ->
                                InboundState.of(bench.store, stored.key()).loaded())
                        .isPresent();
    }

    private static void assertReadAtMostOnceButTheOpenPage(Bench bench, int call) {
        var pages = bench.sap.requests().stream()
                .filter(target -> target.startsWith(SET))
                .toList();
        var twice = pages.stream()
                .distinct()
                .filter(target -> Collections.frequency(pages, target) > 1)
                .toList();
        assertThat(twice).as("after call %d: %s", call, pages).hasSizeLessThanOrEqualTo(1);
        assertThat(pages).hasSizeLessThanOrEqualTo(4); // Three, and the open one again.
    }
}
