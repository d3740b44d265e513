package io.imaint.store;

import io.imaint.kernel.telemetry.FailureLog;
import java.time.Duration;
import java.util.function.Supplier;

/** A thread that moves facts on while there are any, and else waits for more. */
final class FactWorker implements Subscription {
    private final FailureLog log = new FailureLog(System.getLogger(FactWorker.class.getName()));

    /** Doubling ends here; beyond it the longest pause is reached anyway. */
    private static final int DOUBLINGS_MAX = 20;

    /** What came of one step. */
    enum Outcome {
        MOVED,
        NOTHING_NEW,
        /** Another process does the same work now. */
        ELSEWHERE
    }

    /**
     * How long is waited.
     *
     * @param poll between two looks for facts of other processes; those of this one wake at once
     * @param elsewhere while another process does the work
     * @param backoffFirst after a failure; it doubles with each one that follows
     * @param backoffMax the longest
     */
    record Pauses(Duration poll, Duration elsewhere, Duration backoffFirst, Duration backoffMax) {
        static final Pauses DEFAULT =
                new Pauses(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    private final Supplier<Outcome> step;
    private final Signal news;
    private final Signal closing = new Signal();
    private final Pauses pauses;
    private final Thread thread;
    private volatile boolean closed;

    /** @param news raised when there is something to do in this process */
    FactWorker(String name, Supplier<Outcome> step, Signal news, Pauses pauses) {
        this.step = step;
        this.news = news;
        this.pauses = pauses;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            long seen = news.count();
            try {
                switch (step.get()) {
                    case MOVED -> {}
                    case NOTHING_NEW -> pause(news, seen, pauses.poll());
                    case ELSEWHERE -> pause(closing, 0, pauses.elsewhere());
                }
                failures = 0;
                log.succeeded(thread.getName() + " goes on");
            } catch (RuntimeException | Error failed) {
                log.failed(thread.getName() + " failed and is tried again", failed);
                pause(closing, 0, backoff(failures++));
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
        news.raise();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
