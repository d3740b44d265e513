package io.imaint.integration.definition;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an integration's changes are fetched.
 *
 * @param every the pause between two runs, ISO 8601 such as {@code PT1S}; null when {@code cron} says it or nobody does
 * @param cron five fields as in crontab, in UTC
 * @param jitter up to how much later than due a run may begin, so that not all begin at once
 * @param misfire what becomes of a time that was missed
 * @param paused true keeps the schedule but does not follow it
 */
public record Schedule(
        @Nullable Duration every, @Nullable String cron, Duration jitter, Misfire misfire, boolean paused) {
    /** Nothing is scheduled. */
    public static final Schedule NONE = new Schedule(null, null, Duration.ZERO, Misfire.ONCE, false);

    /** Below this the time of a request itself is longer. */
    private static final Duration EVERY_MIN = Duration.ofMillis(100);

    /** What becomes of a time at which nothing ran though it was due. */
    public enum Misfire {
        /** One run makes up for all that were missed. */
        ONCE,
        /** The next time counts. */
        SKIP;

        /** The word in the document. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Misfire> of(String word) {
            return Arrays.stream(values())
                    .filter(misfire -> misfire.word().equals(word))
                    .findFirst();
        }
    }

    public Schedule {
        if (every != null && cron != null) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("a schedule has 'every' or 'cron', not both");
        }
        if (every != null && every.compareTo(EVERY_MIN) < 0) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "every is %s but must be %s at least".formatted(every, EVERY_MIN));
        }
        if (jitter.isNegative()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("jitter is negative");
        }
    }

    public static Schedule every(Duration pause) {
        return new Schedule(pause, null, Duration.ZERO, Misfire.ONCE, false);
    }

    public Schedule paused(boolean pausedNow) {
        return new Schedule(every, cron, jitter, misfire, pausedNow);
    }
}
