package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.Leases.Lease;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** A store in somebody's name or under leases. It shares the store behind it and closes nothing. */
final class StoreView implements Store {
    /** What an engine does for it. */
    interface Engine extends Store {
        Chunks chunks();

        InstantSource clock();

        Sweeper sweeper();

        /** The documents of a collection as its users see them, when those of an engine include the expired ones. */
        default <T> Documents<T> unexpired(CollectionType<T> type, Function<Access, Documents<T>> all, Access access) {
            if (type.expiring().isEmpty()) {
                return all.apply(access);
            }
            sweeper().add(type.name(), leases -> (Sweeper.Swept) documents(type, Access.SYSTEM.under(leases)));
            return new ExpiringDocuments<>(
                    all.apply(access), all.apply(Access.SYSTEM.under(access.leases())), type, clock());
        }

        @Override
        default Contents contents() {
            return contents(Access.SYSTEM);
        }

        default Contents contents(Access access) {
            sweeper()
                    .add(
                            "pieces of " + Contents.TYPE.name(),
                            leases -> contents(Access.SYSTEM.under(leases)).leftovers());
            return new Contents(new StoreView(this, access), chunks(), clock());
        }

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
    public Contents contents() {
        return engine.contents(access);
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
