package io.imaint.integration.outbound;

import io.imaint.integration.broker.Broker;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.StoredFact;
import io.imaint.store.Subscription;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandAccepted;
import io.imaint.store.outbox.CommandDiscarded;
import io.imaint.store.outbox.CommandPosted;
import io.imaint.store.outbox.CommandResubmitted;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxQueue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Publishes commands as they are accepted, and those that are due and nobody took: the broker may lose messages, and
 * processes may end between two steps. Removes the files of uploads that are settled.
 */
public final class OutboundProducer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutboundProducer.class.getName());

    private static final Set<String> NEWS =
            Set.of(CommandAccepted.class.getSimpleName(), CommandResubmitted.class.getSimpleName());

    /** After these nothing follows, so that nobody needs the file of an upload any more. */
    private static final Set<String> ENDS =
            Set.of(CommandPosted.class.getSimpleName(), CommandDiscarded.class.getSimpleName());

    /** Published again only then, if it is still due: it may be among thousands before it. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    /** Looks over everything that waits, which is more than what is due. */
    private static final Duration RECOVER_EVERY = Duration.ofSeconds(15);

    private static final int SWEPT_MAX = 1000;

    /** Ids of some megabytes; older ones are published once more, which does no harm. */
    private static final int REMEMBERED_MAX = 20_000;

    private final OutboxQueue queue;
    private final Documents<OutboxItem> items;
    private final Uploads uploads;
    private final Broker broker;
    private final InstantSource clock;
    private final Subscription subscription;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("outbox-sweeper").factory());
    private final Map<String, Instant> published = new LinkedHashMap<>();
    private Instant recoveredAt = Instant.EPOCH;

    private OutboundProducer(Store store, Broker broker, OutboundSettings settings, InstantSource clock) {
        this.queue = new OutboxQueue(store, clock);
        this.items = store.documents(OutboxItem.TYPE);
        this.uploads = new Uploads(store.contents());
        this.broker = broker;
        this.clock = clock;
        this.subscription = store.facts().subscribe("outbox-producer", this::follow);
        long every = settings.sweepEvery().toMillis();
        var unused = sweeper.scheduleWithFixedDelay(this::sweepOnce, 0, every, TimeUnit.MILLISECONDS);
    }

    public static OutboundProducer start(Store store, Broker broker, OutboundSettings settings, InstantSource clock) {
        return new OutboundProducer(store, broker, settings, clock);
    }

    private void follow(List<StoredFact> facts) {
        for (var fact : facts) {
            if (NEWS.contains(fact.name())) {
                publish(fact.key());
            } else if (ENDS.contains(fact.name())
                    && fact.data().text("command").equals(Optional.of(Command.UPLOAD_ATTACHMENT.toString()))) {
                items.find(fact.key()).map(Stored::value).ifPresent(uploads::forget);
            }
        }
    }

    private void sweepOnce() {
        try {
            sweep();
        } catch (Failure away) {
            LOG.log(Level.DEBUG, "the outbox is swept later: {0}", away.line());
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "the outbox was not swept", defect);
        }
    }

    /** Publishes what is due and was not published a moment ago. */
    private void sweep() {
        var now = clock.instant();
        if (!recoveredAt.plus(RECOVER_EVERY).isAfter(now) || recoveredAt.isAfter(now)) {
            recoveredAt = now;
            queue.recover();
        }
        for (var id : queue.due(SWEPT_MAX)) {
            if (forgotten(id, now)) {
                publish(id);
            }
        }
    }

    private synchronized boolean forgotten(String id, Instant now) {
        var at = published.get(id);
        return at == null || !at.plus(TAKEN_WITHIN).isAfter(now) || at.isAfter(now);
    }

    private void publish(String id) {
        try {
            broker.publish(OutboundConsumer.QUEUE, id);
            note(id);
        } catch (Failure brokerAway) {
            LOG.log(Level.DEBUG, "{0} is left to the sweeper: {1}", id, brokerAway.line());
        }
    }

    private synchronized void note(String id) {
        published.remove(id);
        published.put(id, clock.instant());
        if (published.size() > REMEMBERED_MAX) {
            published.remove(published.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        subscription.close();
        sweeper.shutdownNow();
        sweeper.close();
    }
}
