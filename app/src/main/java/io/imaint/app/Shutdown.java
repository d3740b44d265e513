package io.imaint.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The shutdown of the program by Ctrl-C or SIGTERM. The signal arrives in a shutdown hook, which delays the exit until the
 * main thread has closed everything.
 */
final class Shutdown {
    /** Longer than any service needs to finish its page; a service that hangs must not block the terminal for ever. */
    private static final int SECONDS_MAX = 30;

    private static final CountDownLatch REQUESTED = new CountDownLatch(1);

    /** Of the command that runs. A process of tests runs several, one after the other. */
    private static volatile CountDownLatch done = new CountDownLatch(1);

    private Shutdown() {}

    /** Makes Ctrl-C and SIGTERM request a shutdown instead of killing the process. */
    static void install(Terminal terminal) {
        var closed = new CountDownLatch(1);
        done = closed;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            if (closed.getCount() > 0 && !requested()) {
                terminal.note("Stopping ...");
            }
            REQUESTED.countDown();
            try {
                if (!closed.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                    terminal.note("Not everything stopped within " + SECONDS_MAX + " seconds");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Runs an action in another thread when the shutdown is requested. */
    static void whenRequested(Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                REQUESTED.await();
                action.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static boolean requested() {
        return REQUESTED.getCount() == 0;
    }

    /** Waits for a while; true as soon as the shutdown is requested. */
    static boolean requestedWithin(Duration time) throws InterruptedException {
        return REQUESTED.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the shutdown is requested. */
    static void await() throws InterruptedException {
        REQUESTED.await();
    }

    /** Reports that everything is closed, so that the process may exit. */
    static void done() {
        done.countDown();
    }
}
