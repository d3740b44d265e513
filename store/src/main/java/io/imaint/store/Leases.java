package io.imaint.store;

import java.time.Duration;
import java.util.Optional;

/** Leases: exclusive rights for a limited time, across all processes that share the store. */
public interface Leases {
    /**
     * A lease that is held.
     *
     * @param fence grows with every new holder; a write with an older fence is late
     */
    record Lease(String name, String holder, long fence) {}

    /** Acquires a lease that is free or expired; empty when another holder has it. */
    Optional<Lease> acquire(String name, String holder, Duration life);

    /** Renews a lease; false when it was lost, and then its holder must stop at once. */
    boolean renew(Lease lease, Duration life);

    /** Releases a lease; does nothing when it was lost. */
    void release(Lease lease);

    /** The current holder of a lease. */
    Optional<Lease> holder(String name);
}
