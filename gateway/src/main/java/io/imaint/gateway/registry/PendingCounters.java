package io.imaint.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imaint.kernel.cache.Counters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counters that are synchronized with shared ones from time to time: most calls count here and do not wait. While the shared counters fail,
 * a process goes on with what it knows; what is pending is added to them when they answer again.
 */
public final class PendingCounters {
    /** Each takes some 300 bytes. What is pending of one that is forgotten is lost: a few calls too many. */
    private static final int COUNTERS_MAX = 100_000;

    /** The pause after a failure of the shared counters, since each attempt may take as long as the store's time limit. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** How long the end of the process waits for the shared counters in all. */
    private static final Duration FLUSH_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(PendingCounters.class.getName());

    /**
     * When a counter is synchronized: as soon as one of both is reached.
     *
     * @param messages how many may be pending; 0 for any number
     * @param interval how old the shared total may be
     */
    public record SyncPolicy(long messages, Duration interval) {}

    private record Key(String name, String window) {}

    /** What is known of a counter. Its monitor is never held while waiting. */
    private static final class Known {
        /** Held by the one that synchronizes. */
        private final ReentrantLock syncing = new ReentrantLock();

        private boolean synced;
        private long total;
        private long sending;
        private long pending;
        private Instant syncedAt = Instant.EPOCH;
        private Instant expiresAt = Instant.EPOCH;

        private long sum() {
            return total + sending + pending;
        }
    }

    private final Counters shared;
    private final InstantSource clock;
    private final Cache<Key, Known> known =
            Caffeine.newBuilder().maximumSize(COUNTERS_MAX).build();
    private volatile Instant failedAt = Instant.EPOCH;
    private volatile boolean failing;

    public PendingCounters(Counters shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * The counters for one request.
     *
     * @param waits called before the shared counters are read or written
     */
    public Counters of(SyncPolicy policy, Runnable waits) {
        return new Counters() {
            @Override
            public long add(String name, String window, long weight, Instant expiresAt) {
                var key = new Key(name, window);
                var one = known.get(key, missing -> new Known());
                synchronized (one) {
                    one.expiresAt = expiresAt;
                    if (!due(one, weight, policy)) {
                        one.pending += weight;
                        return one.sum();
                    }
                }
                waits.run();
                one.syncing.lock();
                try {
                    return syncDue(key, one, weight, policy);
                } finally {
                    one.syncing.unlock();
                }
            }

            @Override
            public void reset(String name, String window) {
                waits.run();
                shared.reset(name, window);
                known.invalidate(new Key(name, window));
            }
        };
    }

    private boolean due(Known one, long weight, SyncPolicy policy) {
        var now = clock.instant();
        if (now.isBefore(failedAt.plus(RETRY_AFTER))) {
            return false;
        }
        return !one.synced
                || (policy.messages > 0 && one.pending + weight >= policy.messages)
                || !now.isBefore(one.syncedAt.plus(policy.interval));
    }

    private long syncDue(Key key, Known one, long weight, SyncPolicy policy) {
        synchronized (one) {
            if (!due(one, weight, policy)) { // Another thread synchronized while this one waited for the lock.
                one.pending += weight;
                return one.sum();
            }
            one.pending += weight;
        }
        sync(key, one);
        synchronized (one) {
            return one.sum();
        }
    }

    /** Adds what is pending to the shared counter; it stays pending where that fails. Needs the lock. */
    private void sync(Key key, Known one) {
        Instant expiresAt;
        synchronized (one) {
            one.sending = one.pending;
            one.pending = 0;
            expiresAt = one.expiresAt;
        }
        try {
            long total = shared.add(key.name, key.window, one.sending, expiresAt);
            synchronized (one) {
                one.total = total;
                one.synced = true;
                one.syncedAt = clock.instant();
                one.sending = 0;
            }
            failing = false;
        } catch (RuntimeException failed) {
            synchronized (one) {
                one.pending += one.sending;
                one.sending = 0;
            }
            failedAt = clock.instant();
            if (!failing) { // Once for each time that it fails.
                LOG.log(Level.WARNING, "calls are counted in this process only: the shared counters fail", failed);
            }
            failing = true;
        }
    }

    /** Synchronizes what is pending, before the process ends: until the shared counters fail, or it takes too long. */
    public void flush() {
        long end = System.nanoTime() + FLUSH_MAX.toNanos();
        int lost = 0;
        boolean goesOn = true;
        for (var each : known.asMap().entrySet()) {
            goesOn = goesOn && flush(each.getKey(), each.getValue(), end);
            synchronized (each.getValue()) {
                lost += each.getValue().pending == 0 ? 0 : 1;
            }
        }
        if (lost > 0) {
            LOG.log(Level.WARNING, "the last calls of %d counters are lost".formatted(lost));
        }
    }

    /** False when the other counters need not be tried. */
    private boolean flush(Key key, Known one, long end) {
        try {
            if (!one.syncing.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            synchronized (one) {
                if (one.pending == 0) {
                    return true;
                }
            }
            sync(key, one);
            synchronized (one) {
                return one.pending == 0 && System.nanoTime() - end < 0;
            }
        } finally {
            one.syncing.unlock();
        }
    }
}
