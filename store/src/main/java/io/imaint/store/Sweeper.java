package io.imaint.store;

import io.imaint.kernel.telemetry.FailureLog;
import io.imaint.store.Leases.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Removes what has expired, every minute, in one process at a time. It only reads while nothing has: the lease is taken
 * when there is something to remove.
 */
final class Sweeper implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** A sweep that takes longer is cut off between two batches, and the next one goes on. */
    private static final Duration LEASE_LIFE = Duration.ofMinutes(5);

    static final String LEASE = "sweep of expired documents";

    /** What can expire. */
    interface Swept {
        boolean anyExpired();

        /** Removes it and returns how much it was. */
        long sweep();
    }

    private final FailureLog log = new FailureLog(System.getLogger(Sweeper.class.getName()));
    private final Leases leases;
    private final String holder = "sweeper-" + UUID.randomUUID();
    private final ConcurrentMap<String, Function<List<Lease>, Swept>> swept = new ConcurrentHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    Sweeper(Leases leases) {
        this.leases = leases;
    }

    /** One that sweeps nothing, for a store that is only read. */
    static Sweeper idle(Leases leases) {
        var idle = new Sweeper(leases);
        idle.started.set(true);
        return idle;
    }

    /**
     * Sweeps something from now on.
     *
     * @param name the same for the same thing
     * @param under gives what is swept, writing only while leases are held
     */
    void add(String name, Function<List<Lease>, Swept> under) {
        swept.putIfAbsent(name, under);
        if (!started.getAndSet(true)) {
            Thread.ofVirtual().name("store-sweeper").start(this::work);
        }
    }

    private void work() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    sweep();
                    log.succeeded("expired documents are removed again");
                } catch (RuntimeException | Error failed) { // Nothing may end the sweeps of a process that goes on.
                    log.failed("expired documents could not be removed; they stay hidden", failed);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what has expired; returns how much, 0 also when another process is at it. */
    long sweep() {
        var due = new ArrayList<Function<List<Lease>, Swept>>();
        for (var each : swept.values()) {
            if (each.apply(List.of()).anyExpired()) {
                due.add(each);
            }
        }
        var lease = due.isEmpty() ? Optional.<Lease>empty() : leases.acquire(LEASE, holder, LEASE_LIFE);
        if (lease.isEmpty()) {
            return 0;
        }
        try {
            return due.stream()
                    .mapToLong(each -> each.apply(List.of(lease.get())).sweep())
                    .sum();
        } finally {
            leases.release(lease.get());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
