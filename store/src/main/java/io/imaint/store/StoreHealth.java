package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.Readiness;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a store, as its own calls tell: a failure that concerns everybody makes it not ready, and the next
 * write that is durable makes it ready again. A damaged file stays damaged. Each state is logged once.
 */
final class StoreHealth {
    private static final System.Logger LOG = System.getLogger(StoreHealth.class.getName());

    private static final Set<ProblemCode> OF_THE_STORE =
            Set.of(StoreProblem.STORE_FULL, StoreProblem.STORE_UNREACHABLE, StoreProblem.STORE_CORRUPT);

    /** How often a write is tried where nobody else writes. */
    private static final Duration PROBE = Duration.ofSeconds(5);

    private record Wrong(ProblemCode code, String line, Instant since) {}

    private final InstantSource clock;
    private final AtomicReference<@Nullable Wrong> wrong = new AtomicReference<>();
    private final AtomicReference<Instant> probedAt = new AtomicReference<>(Instant.MIN);
    private volatile String checked = "";

    StoreHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes note of a failure and returns it. */
    Failure failed(Failure failure) {
        if (!OF_THE_STORE.contains(failure.code())) {
            return failure;
        }
        var before = wrong.get();
        boolean known = before != null
                && (before.code.equals(failure.code()) || before.code.equals(StoreProblem.STORE_CORRUPT));
        if (!known && wrong.compareAndSet(before, new Wrong(failure.code(), failure.line(), clock.instant()))) {
            LOG.log(Level.ERROR, "the store fails: {0}", failure.line());
        }
        return failure;
    }

    /** Takes note of a write that is durable. */
    void wrote() {
        var before = wrong.get();
        if (before != null && before.code != StoreProblem.STORE_CORRUPT && wrong.compareAndSet(before, null)) {
            LOG.log(
                    Level.WARNING,
                    "the store works again after {0} s: {1}",
                    Duration.between(before.since, clock.instant()).toSeconds(),
                    before.code.slug());
        }
    }

    /** Says how far the check of all data is; for people. */
    void checked(String state) {
        checked = state;
    }

    /** @param write tries a write; its failure is noted by {@link #failed} as any other */
    Readiness readiness(Runnable write) {
        var now = wrong.get();
        if (now != null && now.code != StoreProblem.STORE_CORRUPT && probeIsDue()) {
            try {
                write.run();
            } catch (Failure still) {
                LOG.log(Level.DEBUG, "the store still fails: {0}", still.line());
            }
            now = wrong.get();
        }
        if (now == null) {
            return checked.isEmpty() ? Readiness.READY : new Readiness(true, "ready, " + checked);
        }
        return Readiness.notReady("since %s: %s".formatted(now.since, now.line));
    }

    private boolean probeIsDue() {
        var last = probedAt.get();
        var now = clock.instant();
        return !now.isBefore(last.equals(Instant.MIN) ? now : last.plus(PROBE)) && probedAt.compareAndSet(last, now);
    }
}
