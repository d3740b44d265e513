package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents.Written;
import io.imaint.store.FactWorker.Outcome;
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

    /** Facts that one call gets: few enough that a failure repeats little. */
    private static final int BATCH = 100;

    /** For so long nobody takes over from a process that died; it is renewed while a consumer works. */
    static final Duration LEASE_LIFE = Duration.ofSeconds(60);

    static final int ATTEMPTS_MAX = 5;

    private final Store store;
    private final String consumer;
    private final FactConsumer calls;
    private final InstantSource clock;
    private final Duration leaseLife;
    private final String holder = UUID.randomUUID().toString();
    private boolean known;
    private @Nullable String failing;
    private int attempts;

    FactDelivery(Store store, String consumer, FactConsumer calls, InstantSource clock) {
        this(store, consumer, calls, clock, LEASE_LIFE);
    }

    /** @param leaseLife how long a process that died keeps the others waiting */
    FactDelivery(Store store, String consumer, FactConsumer calls, InstantSource clock, Duration leaseLife) {
        this.store = store;
        this.consumer = consumer;
        this.calls = calls;
        this.clock = clock;
        this.leaseLife = leaseLife;
    }

    /** Delivers the next batch, after the dead letters that are to be replayed; throws what the consumer threw. */
    Outcome deliver() {
        beKnown();
        if (next(store).isEmpty() && replays(store).isEmpty()) {
            return Outcome.NOTHING_NEW; // Looked at without the lease, so that an idle consumer writes nothing.
        }
        var kept = KeptLease.acquire(store.leases(), "facts-" + consumer, holder, leaseLife);
        if (kept.isEmpty()) {
            return Outcome.ELSEWHERE;
        }
        try (var held = kept.get()) {
            var ours = store.under(List.of(held.lease()));
            replay(ours);
            deliver(ours);
            return Outcome.MOVED;
        }
    }

    /** Makes the consumer known before it has taken anything, so that facts are kept for it. */
    private void beKnown() {
        if (!known) {
            var positions = store.documents(FactPosition.TYPE);
            if (positions.find(consumer).isEmpty()
                    && positions.insert(new FactPosition(consumer, 0)) instanceof Written.Lost) {
                LOG.log(Level.DEBUG, "another process has made {0} known", consumer);
            }
            known = true;
        }
    }

    private List<Stored<FactDeadLetter>> replays(Store from) {
        return from.documents(FactDeadLetter.TYPE)
                .list(Query.where(FactDeadLetter.replays(consumer))
                        .sorted("replayAt", false)
                        .limit(BATCH))
                .items();
    }

    /** Gives the consumer again what it could not take; what fails once more waits until somebody asks again. */
    private void replay(Store ours) {
        var letters = ours.documents(FactDeadLetter.TYPE);
        for (var letter : replays(ours)) {
            var fact = letter.value().fact();
            try {
                calls.accept(List.of(fact));
                letters.remove(letter.key(), letter.rev());
            } catch (RuntimeException | Error failed) {
                if (mayPass(failed)) {
                    throw failed;
                }
                LOG.log(Level.WARNING, "%s cannot take fact %s again".formatted(consumer, fact.id()), failed);
                letters.upsertAll(List.of(letter.value().failedAgain(clock.instant(), failed)));
            }
        }
    }

    private static boolean mayPass(Throwable failed) {
        return failed instanceof Failure failure && failure.code().retryable();
    }

    private List<StoredFact> next(Store from) {
        return FactLog.after(
                from, position(from).map(at -> at.value().position()).orElse(0L), BATCH);
    }

    private Optional<Stored<FactPosition>> position(Store from) {
        return from.documents(FactPosition.TYPE).find(consumer);
    }

    private void deliver(Store ours) {
        var facts = next(ours);
        if (facts.isEmpty()) {
            return;
        }
        if (failing == null) {
            try {
                calls.accept(facts);
                moveTo(ours, facts.getLast());
                return;
            } catch (RuntimeException | Error failed) {
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
            } catch (RuntimeException | Error failed) {
                blame(ours, fact, failed);
            }
        }
    }

    /** Throws the failure on, or passes the fact over when it has failed often enough. */
    private void blame(Store ours, StoredFact fact, Throwable failed) {
        attempts = fact.id().equals(failing) ? attempts : 0;
        failing = fact.id();
        if (!mayPass(failed) && ++attempts >= ATTEMPTS_MAX) {
            LOG.log(
                    Level.ERROR,
                    "%s cannot take fact %s; it is a dead letter now".formatted(consumer, fact.id()),
                    failed);
            var letter = FactDeadLetter.of(consumer, fact, clock.instant(), failed);
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
