package io.imaint.services.alert;

import io.imaint.kernel.telemetry.FailureLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what is due, again and again: a little later than it became due, or at once when it is woken. */
final class AlertWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AlertWorker.class.getName());

    /** How late a retry, an escalation or the end of a snooze may be. A round that finds nothing only reads. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Semaphore news = new Semaphore(0);
    private volatile boolean closed;
    private @Nullable Thread thread;

    void start(List<Runnable> steps) {
        thread = Thread.ofVirtual().name("alerts").start(() -> run(steps));
    }

    void wake() {
        news.release();
    }

    private void run(List<Runnable> steps) {
        var logs = steps.stream().map(step -> new FailureLog(LOG)).toList();
        while (!closed) {
            for (int i = 0; i < steps.size(); i++) {
                try {
                    steps.get(i).run();
                    logs.get(i).succeeded("alerts go on");
                } catch (RuntimeException | Error failed) { // The next round tries again; the others go on.
                    logs.get(i).failed("a step of alerts failed and will be repeated", failed);
                }
            }
            try {
                var woken = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                LOG.log(Level.TRACE, () -> woken ? "woken" : "rested");
                news.drainPermits();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends after the step under way; a delivery under way is finished. */
    @Override
    public void close() {
        closed = true;
        wake();
        var running = thread;
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
