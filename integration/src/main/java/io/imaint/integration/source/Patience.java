package io.imaint.integration.source;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadTerms;
import io.imaint.integration.state.Stop;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Takes a step again when its failure may pass, after a wait that grows. */
public final class Patience {
    private static final System.Logger LOG = System.getLogger(Patience.class.getName());

    /** Tries of one step; with the waits between them they outlast a restart of a proxy, not an outage. */
    private static final int ATTEMPTS_MAX = 4;

    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);

    private final String who;
    private final LoadTerms terms;
    private final Stop stop;
    private final Runnable check;
    private final Runnable retried;

    /**
     * @param check called before each try; what it throws ends the step
     * @param retried hears of each try after the first
     */
    public Patience(String who, LoadTerms terms, Stop stop, Runnable check, Runnable retried) {
        this.who = who;
        this.terms = terms;
        this.stop = stop;
        this.check = check;
        this.retried = retried;
    }

    public <T> T with(Supplier<T> step) {
        return with(failed -> false, step);
    }

    /**
     * Takes a step, and again while its failure may pass.
     *
     * @param eased hears of each failure; true when the next try asks less, which is worth a try at once where the same
     *     again would not be
     */
    public <T> T with(Predicate<Failure> eased, Supplier<T> step) {
        int attempt = 1;
        while (true) {
            check.run();
            try {
                return step.get();
            } catch (Failure failed) {
                boolean easier = eased.test(failed);
                boolean passes = mayPass(failed);
                if (passes ? attempt == ATTEMPTS_MAX : !easier) {
                    throw failed;
                }
                LOG.log(Level.INFO, "{0} tries again after: {1}", who, failed.line());
                retried.run();
                if (passes) {
                    terms.pause().accept(stop, backoff(attempt));
                    attempt++;
                }
            }
        }
    }

    private static boolean mayPass(Failure failed) {
        return failed.code().retryable()
                && !(failed.code() instanceof InboundProblem)
                && failed.code() != StoreProblem.LEASE_LOST
                && failed.code() != ODataProblem.SAP_DELTA_TOKEN_EXPIRED;
    }

    /** Between half and the whole of a time that doubles, so that runs that failed together do not return together. */
    private Duration backoff(int attempt) {
        long longest = BACKOFF_FIRST.multipliedBy(1L << (attempt - 1)).toMillis();
        return Duration.ofMillis(terms.random().nextLong(longest / 2, longest + 1));
    }
}
