package io.imaint.integration.state;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lease that is renewed in the background until it is closed, or found lost. */
public final class HeldLease implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HeldLease.class.getName());

    private static final Holder HERE = Holder.here();
    private static final int TRIES = 20;

    private static final Duration TRY_AGAIN = Duration.ofMillis(500);

    private final Store store;
    private final Lease lease;
    private final LoadOptions options;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Instant renewedAt;
    private volatile boolean lost;

    private HeldLease(Store store, Lease lease, LoadOptions options, Instant acquiredAt) {
        this.store = store;
        this.lease = lease;
        this.options = options;
        this.renewedAt = acquiredAt;
    }

    /** The name of the lease under which an integration's state is written: by deltas, planning, and ends of loads. */
    public static String nameFor(String integration) {
        return "inbound-" + integration;
    }

    /** The name of the lease under which a partition of an integration's load is read. */
    public static String nameFor(String integration, int partition) {
        return "inbound-" + PartitionState.key(integration, partition);
    }

    /** Takes the lease of an integration; empty when another runner that may be alive holds it. */
    public static Optional<HeldLease> acquire(Store store, String integration, LoadOptions options) {
        return take(store, nameFor(integration), options);
    }

    /**
     * As {@link #acquire(Store, String, LoadOptions)}, but waits some seconds for it: the schedule's deltas hold it for a
     * moment each, some every second.
     *
     * @throws Cancellation.Requested when stopped meanwhile
     */
    public static Optional<HeldLease> await(
            Store store, String integration, LoadOptions options, Cancellation cancellation) {
        for (int attempt = 1; ; attempt++) {
            var lease = acquire(store, integration, options);
            if (lease.isPresent() || attempt == TRIES) {
                return lease;
            }
            options.pause().accept(cancellation, TRY_AGAIN);
        }
    }

    /** Takes the lease of a partition of an integration's load; empty as above. */
    public static Optional<HeldLease> acquire(Store store, String integration, int partition, LoadOptions options) {
        return take(store, nameFor(integration, partition), options);
    }

    /** Who holds a lease and may be alive. */
    public static Optional<String> holder(Store store, String name) {
        return store.leases().holder(name).map(Lease::holder).filter(holder -> !HERE.surelyEnded(holder));
    }

    /** Takes a lease; empty when another runner that may be alive holds it. */
    public static Optional<HeldLease> take(Store store, String name, LoadOptions options) {
        var leases = store.leases();
        var other = leases.holder(name);
        if (other.isPresent()) {
            if (!options.holder().surelyEnded(other.get().holder())) {
                return Optional.empty(); // Asking for it would only cost a write.
            }
            leases.release(other.get());
        }
        var at = options.clock().instant();
        return leases.acquire(name, options.holder().anotherRunner().text(), options.leaseLife())
                .map(lease -> {
                    var held = new HeldLease(store, lease, options, at);
                    Thread.ofVirtual().name("lease-" + name).start(held::renewUntilClosed);
                    return held;
                });
    }

    Lease lease() {
        return lease;
    }

    public long fence() {
        return lease.fence();
    }

    /** The store for what is done under this lease: it refuses writes with {@link StoreProblem#LEASE_LOST} once it is lost. */
    public Store store() {
        return store.under(List.of(lease));
    }

    /** Fails when the lease is lost or may be, so that nobody goes on in vain; {@link #store} needs no such look. */
    public void check() {
        if (lost || options.clock().instant().isAfter(renewedAt.plus(options.leaseLife()))) {
            throw StoreProblem.LEASE_LOST.because(lease.name());
        }
    }

    private void renewUntilClosed() {
        try {
            while (!lost && !closed.await(options.leaseRenewal().toNanos(), TimeUnit.NANOSECONDS)) {
                renew();
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            var at = options.clock().instant();
            if (store.leases().renew(lease, options.leaseLife())) {
                renewedAt = at;
            } else {
                lost = true;
            }
        } catch (Failure failed) { // The next try may succeed before the lease has run out.
            LOG.log(Level.DEBUG, "could not renew {0}: {1}", lease.name(), failed.line());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            store.leases().release(lease);
        } catch (Failure failed) { // It runs out by itself.
            LOG.log(Level.DEBUG, "could not release {0}: {1}", lease.name(), failed.line());
        }
    }
}
