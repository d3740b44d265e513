package io.imaint.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a program that runs until it is told to stop. The signal arrives in a shutdown hook, which holds the
 * machine's exit until the main thread has closed what it opened.
 */
final class Stop {
    /** Longer than any service needs to finish its page; a hung one must not keep the terminal for ever. */
    private static final int SECONDS_MAX = 30;

    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch DONE = new CountDownLatch(1);

    private Stop() {}

    /** From now on Ctrl-C and SIGTERM ask instead of killing. */
    static void install(Terminal terminal) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            if (!asked()) {
                terminal.note("stopping ...");
            }
            ASKED.countDown();
            try {
                if (!DONE.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                    terminal.note("not everything stopped within " + SECONDS_MAX + " seconds");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Does something as soon as the stop is asked for, beside the main thread. */
    static void whenAsked(Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                ASKED.await();
                action.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static boolean asked() {
        return ASKED.getCount() == 0;
    }

    /** Waits to be asked. */
    static void await() throws InterruptedException {
        ASKED.await();
    }

    /** Says that everything is closed, so that the machine may exit. */
    static void done() {
        ASKED.countDown();
        DONE.countDown();
    }
}
