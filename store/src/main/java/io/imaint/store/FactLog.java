package io.imaint.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The log of all facts, in the order in which they became durable; those of one document in the order of its revisions.
 * A fact stays until all consumers have taken it, and for a week at least.
 */
public final class FactLog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FactLog.class.getName());

    /** For a look back, and for a consumer that is added a few days late. */
    static final Duration KEPT_MIN = Duration.ofDays(7);

    /** A consumer that nobody runs any more must not keep facts for ever. */
    static final Duration KEPT_MAX = Duration.ofDays(90);

    /** By so much the clocks of two processes differ at most when they say when facts came into the log. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final Store store;
    private final InstantSource clock;
    private final Signal added;
    private final FactWorker.Pauses pauses;
    private final Runnable subscribed;
    private final List<FactWorker> subscriptions = new ArrayList<>();
    private final AtomicReference<Instant> purged = new AtomicReference<>(Instant.EPOCH);

    /**
     * @param added raised when facts came into the log through this process
     * @param subscribed called when somebody begins to wait for facts
     */
    FactLog(Store store, InstantSource clock, Signal added, FactWorker.Pauses pauses, Runnable subscribed) {
        this.store = store;
        this.clock = clock;
        this.added = added;
        this.pauses = pauses;
        this.subscribed = subscribed;
    }

    /** The facts after a position, in order; at most {@value Query#LIMIT_MAX}. */
    public List<StoredFact> after(long position, int limit) {
        return after(store, position, limit);
    }

    static List<StoredFact> after(Store store, long position, int limit) {
        var facts = new ArrayList<StoredFact>();
        for (var changed : store.documents(FactEntry.TYPE).changesAfter(position, limit)) {
            changed.stored().ifPresent(stored -> facts.add(stored.value().at(changed.position())));
        }
        return facts;
    }

    /**
     * Calls a consumer for each fact, in order, from where a consumer of this name came before, or from the first fact in
     * the log. Over all processes one call is made at a time, and each fact is given at least once. A consumer that
     * fails is called again, later and later; a fact at which it fails for good becomes a {@link FactDeadLetter}.
     */
    public synchronized Subscription subscribe(String consumer, FactConsumer calls) {
        var delivery = new FactDelivery(store, consumer, calls, clock);
        subscribed.run();
        var subscription = new FactWorker("facts-" + consumer, () -> step(delivery), added, pauses);
        subscriptions.add(subscription);
        return subscription;
    }

    private FactWorker.Outcome step(FactDelivery delivery) {
        var outcome = delivery.deliver();
        if (outcome == FactWorker.Outcome.NOTHING_NEW) {
            purge();
        }
        return outcome;
    }

    private void purge() {
        var now = clock.instant();
        var last = purged.get();
        if (last.plus(PURGE_EVERY).isBefore(now) && purged.compareAndSet(last, now)) {
            purge(now);
        }
    }

    /** Removes what is old and taken by all consumers; writes nothing when nothing is. */
    void purge(Instant now) {
        var end = now.minus(KEPT_MIN);
        var pending = oldestPending();
        if (pending != null && pending.minus(CLOCKS_DIFFER).isBefore(end)) {
            end = pending.minus(CLOCKS_DIFFER);
        }
        if (end.isBefore(now.minus(KEPT_MAX))) {
            end = now.minus(KEPT_MAX);
            LOG.log(Level.WARNING, "facts are removed that a consumer has not taken for {0}", KEPT_MAX);
        }
        var entries = store.documents(FactEntry.TYPE);
        var old = new Condition.Range("loggedAt", null, end);
        if (!entries.list(Query.where(old).limit(1)).items().isEmpty()) {
            entries.removeAll(old);
        }
    }

    /** When the first fact that some consumer has not taken came into the log. */
    private @Nullable Instant oldestPending() {
        var least =
                store
                        .documents(FactPosition.TYPE)
                        .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                        .values()
                        .stream()
                        .min(Comparator.comparingLong(FactPosition::position));
        return least.flatMap(from -> store.documents(FactEntry.TYPE).changesAfter(from.position(), 1).stream()
                        .findFirst()
                        .flatMap(Documents.Changed::stored))
                .map(stored -> stored.value().loggedAt())
                .orElse(null);
    }

    /** Ends all subscriptions. */
    @Override
    public synchronized void close() {
        subscriptions.forEach(FactWorker::close);
        subscriptions.clear();
    }
}
