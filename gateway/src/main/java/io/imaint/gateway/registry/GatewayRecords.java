package io.imaint.gateway.registry;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway keeps what outlives a process. All gateway processes share it. The program implements it with its store;
 * the gateway knows no database.
 *
 * <p>One record is the unit of atomicity. A write returns when it is durable. Every method waits, and may fail with the
 * failures of the store behind it.
 */
public interface GatewayRecords {
    /** The records of a kind. */
    <R extends Record> Records<R> records(Kind<R> kind);

    /** The bundles of proxies. */
    Bundles bundles();

    /** These records in a caller's name: every change becomes an entry of the audit trail. */
    GatewayRecords as(Caller caller);

    /** Records that end with the process; for tests, and for trying a bundle without a store. */
    static GatewayRecords inMemory(InstantSource clock) {
        return new InMemoryRecords(clock);
    }

    /** The position of the newest change of anything; it never falls. Where it has not moved, nothing has changed. */
    long position();

    /**
     * A record as it stands.
     *
     * @param rev how often it was written, from 1; a conditional write names it
     */
    record Kept<R>(String key, long rev, R value) {}

    /** One change of a kind that is followed; the value is empty where the record was removed. */
    record Change<R>(long position, String key, Optional<Kept<R>> kept) {}

    /** What became of a conditional write. */
    sealed interface Written<R> {
        record Done<R>(Kept<R> kept) implements Written<R> {}

        /** Somebody else was first; what stands there now, empty when it was removed. */
        record Lost<R>(Optional<Kept<R>> current) implements Written<R> {}
    }

    /** The records of one kind. Those that have expired are as if they were not there. */
    interface Records<R extends Record> {
        /** Bounds the memory that one answer takes. */
        int ALL_MAX = 10_000;

        Optional<Kept<R>> find(String key);

        /** The first {@value #ALL_MAX} in the order of their keys; no kind that people edit has more. */
        List<Kept<R>> all();

        /** Adds a record that is not there yet, with the facts that it makes true. */
        Written<R> insert(R value, Fact... facts);

        /** Replaces the record of the value's key while it has this revision. */
        Written<R> replace(R value, long rev, Fact... facts);

        /** Removes a record while it has this revision; false when it has not, or is gone. */
        boolean remove(String key, long rev, Fact... facts);

        /**
         * The last change of each record after a position, in their order; for kinds that are followed.
         *
         * @param limit how many at most
         */
        List<Change<R>> changesAfter(long position, int limit);
    }

    /** Files that are too large for a record. */
    interface Bundles {
        /** Keeps bytes; returns their id. */
        String add(byte[] bytes);

        Optional<byte[]> find(String id);

        void remove(String id);
    }
}
