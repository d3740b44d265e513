package io.imaint.integration.schedule;

import io.imaint.integration.definition.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule runs next. An interval counts from the end of a run, so no time is missed during a run; a time of a cron
 * expression can be.
 */
record NextRunRule(Schedule schedule, Schedule.@Nullable Cron cron) {
    /** A run that begins later than this was missed: the machine slept or was overloaded. */
    private static final Duration LATE_MAX = Duration.ofSeconds(30);

    static NextRunRule of(Schedule schedule) {
        return new NextRunRule(schedule, schedule.cron() == null ? null : Schedule.Cron.of(schedule.cron()));
    }

    /**
     * The first time in a process that has just begun to follow the schedule.
     *
     * @param lastRun when a run last ended, in any process; null before the first
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
     * Whether another run is due.
     *
     * @param begun when a run last began, in any process
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

    /** Whether the misfire rule skips a run that begins now. */
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
