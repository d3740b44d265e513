package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.Leases.Lease;
import java.util.List;

/**
 * The store: all state of the system. No other module knows which engine runs behind it.
 */
public interface Store extends AutoCloseable {
    /**
     * The documents of a declared collection, whose indexes exist when this returns. Of the store itself they are
     * confined to no plant: that is for the system's own work. What is done for a caller goes through {@link #as}.
     */
    <T> Documents<T> documents(CollectionType<T> type);

    /**
     * This store in a caller's name. Of collections with plants it shows and changes only documents of the caller's
     * plants; the others are as if they were not there: not found, not counted, removed for who follows the changes once
     * they leave. A document may be created in, or moved to, one of the caller's plants only; else the write fails with
     * {@link StoreProblem#PLANT_OUT_OF_SCOPE}. A key or unique value that another plant's document holds is {@link
     * StoreProblem#DUPLICATE}, without saying whose.
     *
     * <p>Every write carries the fact {@link DocumentWritten}, from which the audit trail is made. Bulk writes become as
     * many single ones, and on MongoDB each stands for itself.
     */
    Store as(Caller caller);

    /** The facts that writes carried. */
    FactLog facts();

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
