package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the schedule stands with one integration.
 *
 * @param timing null while the schedule cannot be used
 * @param due when it runs next, jitter included; null when it does not
 * @param runningSince null when it does not run now
 * @param failuresInRow since the last success or since somebody acted
 * @param failure why the last run failed; null after a success
 * @param held true when it waits for somebody to act and only a slow probe looks whether they did
 */
record Entry(
        Integration integration,
        @Nullable Timing timing,
        @Nullable Instant due,
        @Nullable Instant runningSince,
        int failuresInRow,
        @Nullable Failure failure,
        boolean held) {
    Entry running(Instant since) {
        return new Entry(integration, timing, due, since, failuresInRow, failure, held);
    }

    Entry due(@Nullable Instant next) {
        return new Entry(integration, timing, next, null, failuresInRow, failure, held);
    }

    Entry succeeded(@Nullable Instant next) {
        return new Entry(integration, timing, next, null, 0, null, false);
    }

    Entry failed(Failure reason, @Nullable Instant next, boolean holding) {
        return new Entry(integration, timing, next, null, failuresInRow + 1, reason, holding);
    }

    Entry of(Integration same) {
        return new Entry(same, timing, due, runningSince, failuresInRow, failure, held);
    }

    boolean isRunning() {
        return runningSince != null;
    }
}
