package io.imaint.store;

import java.time.Duration;
import java.util.Optional;

/** Leases: the right to be the only one who does something, for a time, over all processes of the store. */
public interface Leases {
    /**
     * A lease held.
     *
     * @param fence grows with every new holder; a write that carries an older fence than the last one seen is late
     */
    record Lease(String name, String holder, long fence) {}

    /** Takes a lease that is free or has run out; empty when somebody else holds it. */
    Optional<Lease> acquire(String name, String holder, Duration life);

    /** Prolongs a lease; false when it was lost meanwhile, after which its holder must stop at once. */
    boolean renew(Lease lease, Duration life);

    /** Gives a lease back; nothing happens when it was lost already. */
    void release(Lease lease);

    /** Who holds a lease now. */
    Optional<Lease> holder(String name);
}
