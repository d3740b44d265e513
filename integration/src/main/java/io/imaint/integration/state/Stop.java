package io.imaint.integration.state;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The wish that loads end soon, at the next chunk of rows, and keep their checkpoints. */
public final class Stop {
    /** Ends a run from within; whoever began the run takes it. */
    public static final class Requested extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Requested() {
            super("stop requested", null, false, false);
        }
    }

    /** How soon a wish is seen that comes another way, while something waits. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CountDownLatch wished;
    private final BooleanSupplier other;

    public Stop() {
        this(new CountDownLatch(1), () -> false);
    }

    private Stop(CountDownLatch wished, BooleanSupplier other) {
        this.wished = wished;
        this.other = other;
    }

    /** This wish, or one that comes another way and concerns only a part of what this one ends. */
    public Stop or(BooleanSupplier another) {
        return new Stop(wished, () -> other.getAsBoolean() || another.getAsBoolean());
    }

    public void request() {
        wished.countDown();
    }

    public boolean requested() {
        return wished.getCount() == 0 || other.getAsBoolean();
    }

    public void check() {
        if (requested()) {
            throw new Requested();
        }
    }

    /** Waits, but not longer than until the wish. An interrupt is a wish. */
    public void pause(Duration time) {
        try {
            long left = time.toNanos();
            check();
            while (left > 0) {
                long slice = Math.min(left, LOOK.toNanos());
                left -= slice;
                if (wished.await(slice, TimeUnit.NANOSECONDS) || other.getAsBoolean()) {
                    throw new Requested();
                }
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            throw new Requested();
        }
    }
}
