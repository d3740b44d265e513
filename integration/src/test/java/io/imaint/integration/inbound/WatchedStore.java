package io.imaint.integration.inbound;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Aggregation;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Contents;
import io.imaint.store.Documents;
import io.imaint.store.FactLog;
import io.imaint.store.Group;
import io.imaint.store.Leases;
import io.imaint.store.Page;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A store of which every call passes one place, where a test lets things happen. */
public abstract class WatchedStore implements Store {
    private final Store store;

    protected WatchedStore(Store store) {
        this.store = store;
    }

    /**
     * Makes a call, or not.
     *
     * @param name as in {@code WorkOrders.upsertAll}, by the name of the collection
     */
    protected abstract <R> R call(String name, Supplier<R> call);

    /** The same over the store under leases. */
    protected abstract WatchedStore over(Store under);

    @Override
    public <T> Documents<T> documents(CollectionType<T> type) {
        var real = store.documents(type);
        var name = type.name();
        return new Documents<>() {
            @Override
            public Optional<Stored<T>> find(String key) {
                return call(name + ".find", () -> real.find(key));
            }

            @Override
            public Map<String, Stored<T>> findAll(List<String> keys) {
                return call(name + ".findAll", () -> real.findAll(keys));
            }

            @Override
            public Page<T> list(Query query) {
                return call(name + ".list", () -> real.list(query));
            }

            @Override
            public long count(Condition where) {
                return call(name + ".count", () -> real.count(where));
            }

            @Override
            public List<Group> aggregate(Aggregation aggregation) {
                return call(name + ".aggregate", () -> real.aggregate(aggregation));
            }

            @Override
            public Optional<Bounds> bounds(String field, Condition where) {
                return call(name + ".bounds", () -> real.bounds(field, where));
            }

            @Override
            public Upserted upsertAll(List<T> values) {
                return call(name + ".upsertAll", () -> real.upsertAll(values));
            }

            @Override
            public Written<T> insert(T value, Fact... facts) {
                return call(name + ".insert", () -> real.insert(value, facts));
            }

            @Override
            public Written<T> replace(T value, long rev, Fact... facts) {
                return call(name + ".replace", () -> real.replace(value, rev, facts));
            }

            @Override
            public boolean remove(String key, long rev, Fact... facts) {
                return call(name + ".remove", () -> real.remove(key, rev, facts));
            }

            @Override
            public long removeAll(Condition where) {
                return call(name + ".removeAll", () -> real.removeAll(where));
            }

            @Override
            public List<Changed<T>> changesAfter(long position, int limit) {
                return call(name + ".changesAfter", () -> real.changesAfter(position, limit));
            }

            @Override
            public long position() {
                return call(name + ".position", real::position);
            }
        };
    }

    @Override
    public Leases leases() {
        var real = store.leases();
        return new Leases() {
            @Override
            public Optional<Lease> acquire(String name, String holder, Duration life) {
                return call("leases.acquire", () -> real.acquire(name, holder, life));
            }

            @Override
            public boolean renew(Lease lease, Duration life) {
                return call("leases.renew", () -> real.renew(lease, life));
            }

            @Override
            public void release(Lease lease) {
                call("leases.release", () -> {
                    real.release(lease);
                    return "released";
                });
            }

            @Override
            public Optional<Lease> holder(String name) {
                return call("leases.holder", () -> real.holder(name));
            }
        };
    }

    @Override
    public Contents contents() {
        return store.contents();
    }

    @Override
    public Store as(Caller caller) {
        return over(store.as(caller));
    }

    @Override
    public FactLog facts() {
        return store.facts();
    }

    @Override
    public Store under(List<Leases.Lease> leases) {
        return over(store.under(leases));
    }

    @Override
    public long position() {
        return store.position();
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public void close() {}
}
