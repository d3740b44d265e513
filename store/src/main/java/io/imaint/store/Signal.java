package io.imaint.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for news within this process. News that come before somebody waits wake them too. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long count;

    void raise() {
        lock.lock();
        try {
            count++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it was raised; to be asked before looking for news. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was raised after {@link #count()} gave a number, for so long at most; also ends when interrupted. */
    void await(long seen, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (count == seen && left > 0) {
                left = raised.awaitNanos(left);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
