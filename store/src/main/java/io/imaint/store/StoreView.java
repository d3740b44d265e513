package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.Leases.Lease;
import java.util.List;

/** A store in somebody's name or under leases. It shares the store behind it and closes nothing. */
final class StoreView implements Store {
    /** What an engine does for it. */
    interface Engine extends Store {
        /** The documents of a collection as an access sees and writes them. */
        <T> Documents<T> documents(CollectionType<T> type, Access access);

        @Override
        default <T> Documents<T> documents(CollectionType<T> type) {
            return documents(type, Access.SYSTEM);
        }

        @Override
        default Store as(Caller caller) {
            return new StoreView(this, Access.SYSTEM.as(caller));
        }

        @Override
        default Store under(List<Lease> leases) {
            return new StoreView(this, Access.SYSTEM.under(leases));
        }
    }

    private final Engine engine;
    private final Access access;

    private StoreView(Engine engine, Access access) {
        this.engine = engine;
        this.access = access;
    }

    @Override
    public <T> Documents<T> documents(CollectionType<T> type) {
        return engine.documents(type, access);
    }

    @Override
    public Store as(Caller caller) {
        return new StoreView(engine, access.as(caller));
    }

    @Override
    public Store under(List<Lease> more) {
        return new StoreView(engine, access.under(more));
    }

    @Override
    public Leases leases() {
        return engine.leases();
    }

    @Override
    public FactLog facts() {
        return engine.facts();
    }

    @Override
    public long position() {
        return engine.position();
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public void close() {}
}
