package io.imaint.integration.state;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that loads end soon, at the next chunk of rows, and keep their checkpoints. */
public final class Stop {
    /** Ends a load from within; never leaves the package. */
    public static final class Requested extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Requested() {
            super("stop requested", null, false, false);
        }
    }

    private final CountDownLatch wished = new CountDownLatch(1);

    public void request() {
        wished.countDown();
    }

    public boolean requested() {
        return wished.getCount() == 0;
    }

    public void check() {
        if (requested()) {
            throw new Requested();
        }
    }

    /** Waits, but not longer than until the wish. An interrupt is a wish. */
    public void pause(Duration time) {
        try {
            if (wished.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Requested();
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            throw new Requested();
        }
    }
}
