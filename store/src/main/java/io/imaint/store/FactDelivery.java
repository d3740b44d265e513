package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents.Written;
import io.imaint.store.FactWorker.Outcome;
import io.imaint.store.Leases.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings facts to one consumer, a batch at a time and under its lease, and writes down how far it came. A batch that
 * fails is given fact by fact, so that the one to blame is known. A failure that may pass is retried without an end;
 * with any other a fact becomes a dead letter after {@value #ATTEMPTS_MAX} attempts.
 */
final class FactDelivery {
    private static final System.Logger LOG = System.getLogger(FactDelivery.class.getName());

    /** Facts that one call gets: few enough for half a minute. */
    private static final int BATCH = 100;

    /** Twice what a consumer may take. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(60);

    static final int ATTEMPTS_MAX = 5;

    private final Store store;
    private final String consumer;
    private final FactConsumer calls;
    private final InstantSource clock;
    private final String holder = UUID.randomUUID().toString();
    private @Nullable String failing;
    private int attempts;

    FactDelivery(Store store, String consumer, FactConsumer calls, InstantSource clock) {
        this.store = store;
        this.consumer = consumer;
        this.calls = calls;
        this.clock = clock;
    }

    /** Delivers the next batch; throws what the consumer threw. */
    Outcome deliver() {
        if (next(store).isEmpty()) {
            return Outcome.NOTHING_NEW; // Looked at without the lease, so that an idle consumer writes nothing.
        }
        var lease = store.leases().acquire("facts-" + consumer, holder, LEASE_LIFE);
        if (lease.isEmpty()) {
            return Outcome.ELSEWHERE;
        }
        try {
            deliver(lease.get());
            return Outcome.MOVED;
        } finally {
            store.leases().release(lease.get());
        }
    }

    private List<StoredFact> next(Store from) {
        return FactLog.after(
                from, position(from).map(at -> at.value().position()).orElse(0L), BATCH);
    }

    private Optional<Stored<FactPosition>> position(Store from) {
        return from.documents(FactPosition.TYPE).find(consumer);
    }

    private void deliver(Lease lease) {
        var ours = store.under(List.of(lease));
        var facts = next(ours);
        if (facts.isEmpty()) {
            return;
        }
        if (failing == null) {
            try {
                calls.accept(facts);
                moveTo(ours, facts.getLast());
                return;
            } catch (RuntimeException | AssertionError failed) {
                if (facts.size() > 1) {
                    LOG.log(Level.DEBUG, "facts are given to " + consumer + " one by one", failed);
                } else {
                    blame(ours, facts.getFirst(), failed);
                    return;
                }
            }
        }
        for (var fact : facts) {
            try {
                calls.accept(List.of(fact));
                moveTo(ours, fact);
                failing = null;
            } catch (RuntimeException | AssertionError failed) {
                blame(ours, fact, failed);
            }
        }
    }

    /** Throws the failure on, or passes the fact over when it has failed often enough. */
    private void blame(Store ours, StoredFact fact, Throwable failed) {
        attempts = fact.id().equals(failing) ? attempts : 0;
        failing = fact.id();
        boolean passes = failed instanceof Failure failure && failure.code().retryable();
        if (!passes && ++attempts >= ATTEMPTS_MAX) {
            LOG.log(
                    Level.ERROR,
                    "%s cannot take fact %s; it is a dead letter now".formatted(consumer, fact.id()),
                    failed);
            var letter = new FactDeadLetter(
                    consumer + "/" + fact.id(), consumer, clock.instant(), String.valueOf(failed), fact);
            ours.documents(FactDeadLetter.TYPE).upsertAll(List.of(letter));
            moveTo(ours, fact);
            failing = null;
            return;
        }
        if (failed instanceof Error defect) {
            throw defect;
        }
        throw (RuntimeException) failed;
    }

    private void moveTo(Store ours, StoredFact last) {
        var positions = ours.documents(FactPosition.TYPE);
        var standing = positions.find(consumer);
        var next = new FactPosition(consumer, last.position());
        var written = standing.isEmpty()
                ? positions.insert(next)
                : positions.replace(next, standing.get().rev());
        if (written instanceof Written.Lost) {
            throw StoreProblem.LEASE_LOST.because(consumer);
        }
    }
}
