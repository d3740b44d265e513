package io.imaint.services.outbox;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.telemetry.FailureLog;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says by facts when the outbox needs somebody. What was said last stands in one document, so that of many processes one
 * says it, and says it once.
 */
final class OutboxWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutboxWatch.class.getName());

    /** How late an alert may be. */
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private static final String ID = "outbox";

    /** What was reported last. */
    record Reported(String id, boolean delayed, boolean failed) {
        static final CollectionType<Reported> TYPE = CollectionType.of("OutboxWatches", Reported.class, Reported::id)
                .unscoped("whether the outbox of the installation needs somebody");
    }

    private final Documents<OutboxItem> items;
    private final Documents<Reported> reported;
    private final OutboxSettings settings;
    private final InstantSource clock;
    private final FailureLog log = new FailureLog(LOG);
    private final CountDownLatch ended = new CountDownLatch(1);

    OutboxWatch(Store store, OutboxSettings settings, InstantSource clock) {
        this.items = store.documents(OutboxItem.TYPE);
        this.reported = store.documents(Reported.TYPE);
        this.settings = settings;
        this.clock = clock;
    }

    OutboxWatch start() {
        Thread.ofVirtual().name("outbox-watch").start(() -> {
            try {
                do {
                    look();
                } while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    private void look() {
        try {
            compare();
            log.succeeded("the outbox is watched again");
        } catch (RuntimeException failed) { // The next look tries again.
            log.failed("the outbox cannot be watched", failed);
        }
    }

    /** Says what has become true since the last look. */
    void compare() {
        long failed = items.count(Condition.equal("state", State.FAILED));
        var oldest = items
                .list(Query.where(Condition.equal("state", State.QUEUED))
                        .sorted("acceptedAt", false)
                        .limit(1))
                .values()
                .stream()
                .map(OutboxItem::acceptedAt)
                .filter(accepted -> accepted.plus(settings.late()).isBefore(clock.instant()))
                .findFirst();
        boolean many = failed > settings.failed();
        if (reported.find(ID).isEmpty()) {
            if (oldest.isEmpty() && !many) {
                return;
            }
            var unused = reported.insert(new Reported(ID, false, false)); // Or another process does.
        }
        var after = reported.update(ID, stored -> {
            var before = stored.value();
            List<Fact> facts = new ArrayList<>();
            if (oldest.isPresent() && !before.delayed) {
                facts.add(new PostingDelayed(items.count(Condition.equal("state", State.QUEUED)), oldest.get()));
            }
            if (many && !before.failed) {
                facts.add(new PostingsFailed(failed));
            }
            var now = new Reported(ID, oldest.isPresent(), many);
            return now.equals(before) ? null : new Change<>(now, facts);
        });
        LOG.log(Level.TRACE, "{0}", after);
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
