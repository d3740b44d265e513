package io.imaint.integration.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an integration's runs have gone.
 *
 * @param lastSuccessAt when a load or delta last ended well
 * @param lastError why the last run failed, null after a success
 * @param failuresInRow runs that failed since the last success
 * @param retries steps that were taken again, over all runs
 * @param deadLetters rows that were kept aside and still are
 */
public record Health(
        @Nullable Instant lastSuccessAt,
        @Nullable LastError lastError,
        long failuresInRow,
        long retries,
        long deadLetters) {
    /** Nothing has run yet. */
    public static final Health NONE = new Health(null, null, 0, 0, 0);

    public Health succeeded(Instant at) {
        return new Health(at, null, 0, retries, deadLetters);
    }

    public Health failed(LastError error) {
        return new Health(lastSuccessAt, error, failuresInRow + 1, retries, deadLetters);
    }

    public Health begun() {
        return new Health(lastSuccessAt, null, failuresInRow, retries, deadLetters);
    }

    public Health retried(long steps) {
        return new Health(lastSuccessAt, lastError, failuresInRow, retries + steps, deadLetters);
    }

    public Health withDeadLetters(long rows) {
        return new Health(lastSuccessAt, lastError, failuresInRow, retries, rows);
    }
}
