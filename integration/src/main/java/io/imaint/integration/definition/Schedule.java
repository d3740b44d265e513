package io.imaint.integration.definition;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an integration's changes are fetched.
 *
 * @param every the pause between two runs, ISO 8601 such as {@code PT1S}; null for a cron schedule or none
 * @param cron five fields as in crontab, in UTC
 * @param jitter up to how much later than due a run may begin, so that not all begin at once
 * @param misfire what happens to runs that were missed
 * @param paused true keeps the schedule but does not follow it
 */
public record Schedule(
        @Nullable Duration every, @Nullable String cron, Duration jitter, Misfire misfire, boolean paused) {
    /** Nothing is scheduled. */
    public static final Schedule NONE = new Schedule(null, null, Duration.ZERO, Misfire.ONCE, false);

    /** Below this the time of a request itself is longer. */
    private static final Duration EVERY_MIN = Duration.ofMillis(100);

    /** What happens to runs that were missed. */
    public enum Misfire {
        /** One run makes up for all missed runs. */
        ONCE,
        /** Missed runs are skipped. */
        SKIP;

        /** The word in documents and in the API. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Misfire> of(String word) {
            return Arrays.stream(values())
                    .filter(misfire -> misfire.toString().equals(word))
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

    /** Times as crontab writes them: minute, hour, day of month, month, day of week; in UTC. */
    public static final class Cron {
        /** Far longer than any expression that a person can read; the parser's work grows with it. */
        private static final int LENGTH_MAX = 200;

        private static final CronParser PARSER =
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

        private final ExecutionTime times;

        private Cron(ExecutionTime times) {
            this.times = times;
        }

        /**
         * Reads an expression.
         *
         * @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#INTEGRATION_INVALID} when it is none
         */
        public static Cron of(String text) {
            if (text.length() > LENGTH_MAX) {
                throw DefinitionProblem.INTEGRATION_INVALID.because("cron is longer than %d".formatted(LENGTH_MAX));
            }
            try {
                return new Cron(ExecutionTime.forCron(PARSER.parse(text)));
            } catch (IllegalArgumentException refused) {
                throw DefinitionProblem.INTEGRATION_INVALID.because(
                        "cron is '%s' but must be five fields such as '*/5 6-22 * * 1-5': %s"
                                .formatted(text, refused.getMessage()));
            }
        }

        /** The first time after another; empty when there is none, as on a 30th of February. */
        public Optional<Instant> after(Instant time) {
            return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
        }
    }
}
