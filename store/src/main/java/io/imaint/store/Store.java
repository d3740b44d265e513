package io.imaint.store;

import io.imaint.store.Leases.Lease;
import java.util.List;

/**
 * The store: all state of the system. No other module knows which engine runs behind it.
 */
public interface Store extends AutoCloseable {
    /** The documents of a declared collection, whose indexes exist when this returns. */
    <T> Documents<T> documents(CollectionType<T> type);

    Leases leases();

    /** Binary content, such as attachments. */
    Contents contents();

    /**
     * This store in the hands of who holds leases. Whatever is written through it, in whatever collection, is written
     * only while all of them are held: given to this holder with this fence, and neither given back nor run out. Else it
     * fails with {@link StoreProblem#LEASE_LOST} and changes nothing more. So a process that was paused for longer than
     * its lease lives writes nothing over what the next holder wrote.
     *
     * <p>On SQLite the leases are looked at in the transaction that writes, so nobody takes one over in between. MongoDB
     * has no such transaction here: the leases are looked at right before each message to the server, which has to be
     * done before the first of them can run out. What is left is a pause within the driver, between its last look at
     * the clock and the socket, that lasts as long as the lease.
     *
     * @param leases on top of those that this store is under already
     */
    Store under(List<Lease> leases);

    /** The position of the newest change that {@link Documents#changesAfter} shows; 0 before the first. */
    long position();

    /** The engine and where it keeps its data, for people; without credentials. */
    String description();

    @Override
    void close();
}
