package io.imaint.integration.state;

import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one run of an integration did, or several in a row that found nothing.
 *
 * @param runs how many runs it sums up; more than 1 only for deltas that found nothing
 * @param removed documents taken out of the store
 * @param deadLetters rows kept aside
 * @param lagMs the longest time from a row's change in SAP to its being visible, null when unknown
 * @param runner who ran, as leases name it
 */
public record InboundRun(
        String integration,
        Kind kind,
        Instant beganAt,
        Instant endedAt,
        long runs,
        Counters counters,
        long removed,
        long deadLetters,
        @Nullable Long lagMs,
        Result result,
        @Nullable String code,
        @Nullable String detail,
        String runner) {
    /** What was run. */
    public enum Kind {
        LOAD,
        DELTA,
        RECONCILE,
        MAP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it came out. */
    public enum Result {
        DONE,
        FAILED,
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a run came out, and why.
     *
     * @param code the problem; also of a run that got over it, such as an expired token
     */
    public record Ending(
            Result result, @Nullable String code, @Nullable String detail) {
        public static final Ending DONE = new Ending(Result.DONE, null, null);
        public static final Ending STOPPED = new Ending(Result.STOPPED, null, null);

        public static Ending failed(Failure failure) {
            return new Ending(Result.FAILED, failure.code().slug(), failure.detail());
        }

        /** It came to its end, after it got over a problem. */
        public static Ending over(Failure failure) {
            return new Ending(Result.DONE, failure.code().slug(), failure.detail());
        }
    }

    /** A run that removed nothing and measured no lag, such as a load. */
    public static InboundRun of(
            String integration,
            Kind kind,
            Instant beganAt,
            Instant endedAt,
            Counters counters,
            Ending ending,
            String runner) {
        return new InboundRun(
                integration,
                kind,
                beganAt,
                endedAt,
                1,
                counters,
                0,
                counters.keptAside(),
                null,
                ending.result,
                ending.code,
                ending.detail,
                runner);
    }

    /** The run with what it removed and the lag that it measured. */
    public InboundRun with(long documentsRemoved, @Nullable Long longestLagMs) {
        return new InboundRun(
                integration,
                kind,
                beganAt,
                endedAt,
                runs,
                counters,
                documentsRemoved,
                deadLetters,
                longestLagMs,
                result,
                code,
                detail,
                runner);
    }

    public Ending ending() {
        return new Ending(result, code, detail);
    }

    /** Whether it is one of those that are summed up. */
    boolean empty() {
        return kind == Kind.DELTA
                && ending().equals(Ending.DONE)
                && counters.rowsRead() == 0
                && removed == 0
                && deadLetters == 0;
    }

    /** This run and those before it in one. */
    InboundRun after(InboundRun earlier) {
        return new InboundRun(
                integration,
                kind,
                earlier.beganAt,
                endedAt,
                earlier.runs + runs,
                counters,
                removed,
                deadLetters,
                lagMs,
                result,
                code,
                detail,
                runner);
    }

    /** Later runs have greater keys, and two runners never the same. */
    String key() {
        return "%s:%s:%s".formatted(integration, beganAt, runner);
    }
}
