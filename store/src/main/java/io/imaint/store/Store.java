package io.imaint.store;

/**
 * The store: all state of the system. No other module knows which engine runs behind it.
 */
public interface Store extends AutoCloseable {
    /** The documents of a declared collection, whose indexes exist when this returns. */
    <T> Documents<T> documents(CollectionType<T> type);

    Leases leases();

    /** The position of the newest change that {@link Documents#changesAfter} shows; 0 before the first. */
    long position();

    /** The engine and where it keeps its data, for people; without credentials. */
    String description();

    @Override
    void close();
}
