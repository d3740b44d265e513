package io.imaint.store;

import io.imaint.store.Leases.Lease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A store whose writes need leases. It shares the store behind it and closes nothing. */
final class LeasedStore implements Store {
    /** What an engine does for it. */
    interface Engine extends Store {
        /** The documents of a collection, written only while all leases are held. */
        <T> Documents<T> documents(CollectionType<T> type, List<Lease> leases);

        Chunks chunks();

        InstantSource clock();

        Sweeper sweeper();

        @Override
        default <T> Documents<T> documents(CollectionType<T> type) {
            return documents(type, List.of());
        }

        /** The documents of a collection as its users see them, when those of an engine include the expired ones. */
        default <T> Documents<T> unexpired(CollectionType<T> type, Documents<T> all) {
            if (type.expiring().isEmpty()) {
                return all;
            }
            sweeper().add(type.name(), leases -> (Sweeper.Swept) documents(type, leases));
            return new ExpiringDocuments<>(all, type, clock());
        }

        @Override
        default Contents contents() {
            return contents(List.of());
        }

        default Contents contents(List<Lease> leases) {
            sweeper().add("pieces of " + Contents.TYPE.name(), held -> contents(held).leftovers());
            return new Contents(under(leases), chunks(), clock());
        }

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
    public Contents contents() {
        return engine.contents(leases);
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
