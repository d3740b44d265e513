package io.imaint.integration.pipeline;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadOptions;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Retries transient failures with exponential backoff. */
public final class RetryPolicy {
    private static final System.Logger LOG = System.getLogger(RetryPolicy.class.getName());

    /** Attempts of one step; with the waits between them they outlast a restart of a proxy, not an outage. */
    private static final int ATTEMPTS_MAX = 4;

    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);

    private final String name;
    private final LoadOptions options;
    private final Cancellation cancellation;
    private final Runnable beforeAttempt;
    private final Runnable onRetry;

    /** @param name of what is retried, for the log */
    public RetryPolicy(String name, LoadOptions options, Cancellation cancellation) {
        this(name, options, cancellation, () -> {}, () -> {});
    }

    /** @param beforeAttempt called before each attempt; what it throws ends the step */
    public RetryPolicy(
            String name, LoadOptions options, Cancellation cancellation, Runnable beforeAttempt, Runnable onRetry) {
        this.name = name;
        this.options = options;
        this.cancellation = cancellation;
        this.beforeAttempt = beforeAttempt;
        this.onRetry = onRetry;
    }

    public <T> T run(Supplier<T> step) {
        return run(failed -> false, step);
    }

    /**
     * Runs a step, and again while its failure is transient.
     *
     * @param eased is given each failure; true when the next attempt asks for less, which is worth an attempt at once
     *     where the same again would not be
     */
    public <T> T run(Predicate<Failure> eased, Supplier<T> step) {
        int attempt = 1;
        while (true) {
            cancellation.check();
            beforeAttempt.run();
            try {
                return step.get();
            } catch (Failure failed) {
                boolean easier = eased.test(failed);
                boolean isTransient = isTransient(failed);
                if (isTransient ? attempt == ATTEMPTS_MAX : !easier) {
                    throw failed;
                }
                LOG.log(Level.INFO, "{0} is retried after: {1}", name, failed.line());
                onRetry.run();
                if (isTransient) {
                    options.pause().accept(cancellation, backoff(attempt));
                    attempt++;
                }
            }
        }
    }

    private static boolean isTransient(Failure failed) {
        return failed.code().retryable()
                && !(failed.code() instanceof InboundProblem)
                && failed.code() != StoreProblem.LEASE_LOST
                && failed.code() != ODataProblem.SAP_DELTA_TOKEN_EXPIRED;
    }

    /** Between half and the whole of a time that doubles, so that runs that failed together do not return together. */
    private Duration backoff(int attempt) {
        long longest = BACKOFF_FIRST.multipliedBy(1L << (attempt - 1)).toMillis();
        return Duration.ofMillis(options.random().nextLong(longest / 2, longest + 1));
    }
}
