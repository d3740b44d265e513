package io.imaint.integration.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.imaint.integration.definition.DefinitionProblem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Times as crontab writes them: minute, hour, day of month, month, day of week; in UTC. */
public final class CronExpression {
    /** Far longer than any expression that a person can read; the parser's work grows with it. */
    private static final int LENGTH_MAX = 200;

    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;

    private CronExpression(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads an expression.
     *
     * @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#INTEGRATION_INVALID} when it is none
     */
    public static CronExpression of(String text) {
        if (text.length() > LENGTH_MAX) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("cron is longer than %d".formatted(LENGTH_MAX));
        }
        try {
            return new CronExpression(ExecutionTime.forCron(PARSER.parse(text)));
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
