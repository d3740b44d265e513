package io.imaint.integration.schedule;

import io.imaint.integration.definition.Status;
import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the schedule of this process stands with one integration, as people see it. */
public record ScheduledRun(
        String integration,
        State state,

        @Description("When it runs next; null when it is not scheduled.") @Nullable
        Instant nextRunAt,

        @Description("When the current run began; null when none is running.") @Nullable
        Instant runningSince,

        int failuresInRow,

        @Description("The problem of the last run; null after a success.") @Nullable
        String code,

        @Description("The details of that problem.") @Nullable
        String detail,

        @Description("What to do about it.") @Nullable String remedy) {
    /** What the schedule does with it. */
    public enum State {
        /** Nobody gave it times, or it is not active. */
        NOT_SCHEDULED,
        PAUSED,
        WAITING,
        RUNNING,
        /** It failed with what may pass and is tried again, each time later. */
        BACKING_OFF,
        /** It failed with what only a person can mend; a slow probe looks whether somebody did. */
        HELD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static ScheduledRun of(Entry entry) {
        var failure = entry.failure();
        return new ScheduledRun(
                entry.integration().name(),
                state(entry),
                entry.isRunning() ? null : entry.due(),
                entry.runningSince(),
                entry.failuresInRow(),
                failure == null ? null : failure.code().slug(),
                failure == null ? null : failure.detail(),
                failure == null ? null : failure.code().remedy());
    }

    private static State state(Entry entry) {
        var schedule = entry.integration().schedule();
        if (entry.isRunning()) {
            return State.RUNNING;
        } else if (entry.held()) {
            return State.HELD;
        } else if (entry.integration().status() == Status.NOT_ACTIVE
                || (schedule.every() == null && schedule.cron() == null)) {
            return State.NOT_SCHEDULED;
        } else if (schedule.paused()) {
            return State.PAUSED;
        }
        return entry.failure() == null ? State.WAITING : State.BACKING_OFF;
    }
}
