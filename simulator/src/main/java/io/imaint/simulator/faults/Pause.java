package io.imaint.simulator.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A way to let time pass. */
public interface Pause {
    /** Lets real time pass. A thread that is interrupted goes on at once, and stays interrupted. */
    Pause REAL = span -> {
        long end = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left); // It may return early, for no reason.
        }
    };

    void pass(Duration span);
}
