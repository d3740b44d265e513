package io.imaint.services.audit;

import io.imaint.kernel.service.Readiness;
import io.imaint.store.Store;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is done to the audit trail every hour: its head is published, and months that are too old are dropped. */
final class AuditUpkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditUpkeep.class.getName());

    private static final Duration EVERY = Duration.ofHours(1);

    private final Store store;
    private final AuditHeads heads;
    private final AuditRetention retention;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile String unpublished = "";

    AuditUpkeep(Store store, AuditSettings settings, InstantSource clock) {
        this.store = store;
        this.heads = new AuditHeads(settings.heads());
        this.retention = new AuditRetention(store, settings.monthsKept());
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("audit-upkeep").start(this::run);
    }

    private void run() {
        try {
            boolean last;
            do {
                publish();
                drop();
                last = closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } while (!last);
            publish(); // What was written since would otherwise wait for the next start.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() {
        try {
            var head = AuditHead.of(store);
            if (head.isPresent()) {
                heads.publish(head.get(), clock.instant());
            }
            unpublished = "";
        } catch (IOException unwritable) {
            unpublished = "the head of the audit trail cannot be written to %s: %s".formatted(heads.file(), unwritable);
            LOG.log(Level.WARNING, unpublished);
        } catch (RuntimeException | Error failed) { // The next hour tries again.
            LOG.log(Level.WARNING, "the head of the audit trail was not published", failed);
        }
    }

    private void drop() {
        try {
            retention.drop(clock.instant());
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.WARNING, "old months of the audit trail were not dropped; the next hour tries again", failed);
        }
    }

    /** Always ready, because everybody can work while a head is not published. */
    Readiness readiness() {
        return unpublished.isEmpty() ? Readiness.READY : new Readiness(true, "ready, but " + unpublished);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
