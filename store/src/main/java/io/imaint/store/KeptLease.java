package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lease that is renewed in the background for as long as its holder works, however long that takes. */
final class KeptLease implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeptLease.class.getName());

    /** Renewals in the life of a lease, so that one may fail. */
    private static final int RENEWALS = 3;

    private final Leases leases;
    private final Lease lease;
    private final Duration life;
    private final CountDownLatch closed = new CountDownLatch(1);

    private KeptLease(Leases leases, Lease lease, Duration life) {
        this.leases = leases;
        this.lease = lease;
        this.life = life;
    }

    /** Acquires a lease; empty when another holder has it. */
    static Optional<KeptLease> acquire(Leases leases, String name, String holder, Duration life) {
        return leases.acquire(name, holder, life).map(lease -> {
            var kept = new KeptLease(leases, lease, life);
            Thread.ofVirtual().name("lease-" + name).start(kept::renewUntilClosed);
            return kept;
        });
    }

    Lease lease() {
        return lease;
    }

    private void renewUntilClosed() {
        try {
            boolean held = true;
            while (held && !closed.await(life.toMillis() / RENEWALS, TimeUnit.MILLISECONDS)) {
                held = renewed();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** False once the lease is lost: writes under it are refused then. */
    private boolean renewed() {
        try {
            return leases.renew(lease, life);
        } catch (Failure failed) { // The next try may succeed before the lease has run out.
            LOG.log(Level.DEBUG, "could not renew {0}: {1}", lease.name(), failed.line());
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        leases.release(lease);
    }
}
