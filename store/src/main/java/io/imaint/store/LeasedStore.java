package io.imaint.store;

import io.imaint.store.Leases.Lease;
import java.util.ArrayList;
import java.util.List;

/** A store whose writes need leases. It shares the store behind it and closes nothing. */
final class LeasedStore implements Store {
    /** What an engine does for it. */
    interface Engine extends Store {
        /** The documents of a collection, written only while all leases are held. */
        <T> Documents<T> documents(CollectionType<T> type, List<Lease> leases);

        @Override
        default Store under(List<Lease> leases) {
            return new LeasedStore(this, leases);
        }
    }

    private final Engine engine;
    private final List<Lease> leases;

    private LeasedStore(Engine engine, List<Lease> leases) {
        this.engine = engine;
        this.leases = List.copyOf(leases);
    }

    @Override
    public <T> Documents<T> documents(CollectionType<T> type) {
        return engine.documents(type, leases);
    }

    @Override
    public Store under(List<Lease> more) {
        var all = new ArrayList<>(leases);
        all.addAll(more);
        return new LeasedStore(engine, all);
    }

    @Override
    public Leases leases() {
        return engine.leases();
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
