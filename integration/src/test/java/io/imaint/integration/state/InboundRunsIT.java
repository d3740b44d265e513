package io.imaint.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundRun.Kind;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboundRunsIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Store store;
    private final InboundRuns runs;

    InboundRunsIT(@TempDir Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        runs = new InboundRuns(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static InboundRun run(int second, long rows) {
        var counters = new Counters(rows, rows, 0, 0, 1, 0);
        return InboundRun.of(
                "plants", Kind.DELTA, NOON.plusSeconds(second), NOON.plusSeconds(second), counters, Ending.DONE, "r");
    }

    @Test
    void runsThatFoundNothingAreSummedUpByTheHour() {
        for (int second = 0; second < 9_000; second++) {
            runs.note(run(second, second == 6_000 ? 3 : 0));
        }
        assertThat(runs.newest("plants", 10))
                .extracting(InboundRun::runs)
                .as("the run with rows, those before it, the first hour, and the first at once")
                .containsExactly(1L, 2_399L, 3_600L, 1L);
        assertThat(runs.newest(1).getFirst().counters().rowsRead()).isEqualTo(3);
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int second = 0; second < InboundRuns.KEPT_MAX + 2 * InboundRuns.SURPLUS_MAX; second++) {
            runs.note(run(second, 1));
        }
        var kept = runs.newest("plants", 1000);
        assertThat(kept).hasSizeBetween(InboundRuns.KEPT_MAX, InboundRuns.KEPT_MAX + InboundRuns.SURPLUS_MAX);
        assertThat(kept.getFirst().beganAt())
                .isEqualTo(NOON.plus(Duration.ofSeconds(InboundRuns.KEPT_MAX + 2 * InboundRuns.SURPLUS_MAX - 1)));
    }
}
