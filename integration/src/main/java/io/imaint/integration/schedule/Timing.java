package io.imaint.integration.schedule;

import io.imaint.integration.definition.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule wants the next run. An interval is a pause, counted from the end of a run, so it cannot be missed
 * while a run goes on; a time of a cron expression can.
 */
record Timing(Schedule schedule, @Nullable CronExpression cron) {
    /** Later than this means that the machine slept or was overloaded: the time was missed. */
    private static final Duration LATE_MAX = Duration.ofSeconds(30);

    static Timing of(Schedule schedule) {
        return new Timing(schedule, schedule.cron() == null ? null : CronExpression.of(schedule.cron()));
    }

    /**
     * The first time in a process that has just begun to follow the schedule.
     *
     * @param lastRun when a run last ended, by whichever process; null when none did
     */
    Optional<Instant> first(@Nullable Instant lastRun, Instant now) {
        if (lastRun == null) {
            return cron == null ? Optional.ofNullable(schedule.every()).map(every -> now) : cron.after(now);
        }
        var known = lastRun.isAfter(now) ? now : lastRun; // The other process's clock is ahead.
        return after(known, known, now);
    }

    /**
     * The time after a run.
     *
     * @param began when it began; what was due until then it has made up for
     * @param ended when it ended
     */
    Optional<Instant> after(Instant began, Instant ended, Instant now) {
        var every = schedule.every();
        if (every != null) {
            var next = ended.plus(every);
            return Optional.of(next.isBefore(now) ? missed(now.plus(every), now) : next);
        }
        if (cron == null) {
            return Optional.empty();
        }
        return cron.after(began)
                .flatMap(next ->
                        next.isAfter(now) ? Optional.of(next) : cron.after(now).map(later -> missed(later, now)));
    }

    /**
     * Whether the schedule wants another run now.
     *
     * @param begun when a run last began, by whichever process
     */
    boolean dueAgain(Instant begun, Instant now) {
        var every = schedule.every();
        if (every != null) {
            return !begun.plus(every).isAfter(now);
        }
        return cron == null
                || cron.after(begun).filter(next -> !next.isAfter(now)).isPresent();
    }

    /** Whether a run is always followed by another within some time. */
    boolean comesWithin(Duration time) {
        return schedule.every() != null && schedule.every().compareTo(time) <= 0;
    }

    /** Whether a run that begins now would be one that its rule leaves out. */
    boolean passedOver(Instant due, Instant now) {
        return schedule.misfire() == Schedule.Misfire.SKIP && due.plus(LATE_MAX).isBefore(now);
    }

    private Instant missed(Instant next, Instant now) {
        return switch (schedule.misfire()) {
            case ONCE -> now;
            case SKIP -> next;
        };
    }
}
