package io.imaint.store;

import java.lang.System.Logger.Level;
import java.time.Duration;

/** The thread that delivers facts to one consumer while there are any, and else waits for more. */
final class FactSubscription implements Subscription {
    private static final System.Logger LOG = System.getLogger(FactSubscription.class.getName());

    /** Doubling ends here; beyond it the longest pause is reached anyway. */
    private static final int DOUBLINGS_MAX = 20;

    private final FactDelivery delivery;
    private final Signal added;
    private final Signal closing = new Signal();
    private final FactLog.Pauses pauses;
    private final Runnable idle;
    private final Thread thread;
    private volatile boolean closed;

    FactSubscription(String consumer, FactDelivery delivery, Signal added, FactLog.Pauses pauses, Runnable idle) {
        this.delivery = delivery;
        this.added = added;
        this.pauses = pauses;
        this.idle = idle;
        this.thread = Thread.ofVirtual().name("facts-" + consumer).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            long seen = added.count();
            try {
                switch (delivery.deliver()) {
                    case DELIVERED -> {}
                    case NOTHING_NEW -> {
                        idle.run();
                        pause(added, seen, pauses.poll());
                    }
                    case ELSEWHERE -> pause(closing, 0, pauses.elsewhere());
                }
                failures = 0;
            } catch (RuntimeException | AssertionError failed) {
                var wait = backoff(failures++);
                LOG.log(Level.WARNING, "%s failed and is tried again in %s".formatted(thread.getName(), wait), failed);
                pause(closing, 0, wait);
            }
        }
    }

    private void pause(Signal until, long seen, Duration atMost) {
        if (!closed) {
            until.await(seen, atMost);
        }
    }

    private Duration backoff(int failures) {
        var wait = pauses.backoffFirst().multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        return wait.compareTo(pauses.backoffMax()) < 0 ? wait : pauses.backoffMax();
    }

    @Override
    public void close() {
        closed = true;
        closing.raise();
        added.raise();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
