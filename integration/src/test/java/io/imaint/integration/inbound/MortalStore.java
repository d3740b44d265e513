package io.imaint.integration.inbound;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Leases;
import io.imaint.store.Page;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A store as a process sees it that dies at its n-th call: just before the call or just after it, and from then on
 * nothing gets through any more. The store behind it lives on.
 */
public final class MortalStore implements Store {
    /** The process is gone; nobody is there to catch this. */
    public static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died(Object unheard) {
            super("died before hearing of " + unheard.getClass().getSimpleName());
        }
    }

    private final Store store;
    private final int lastCall;
    private final boolean doneThen;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param doneThen whether the last call takes effect though its caller never learns of it */
    public MortalStore(Store store, int lastCall, boolean doneThen) {
        this.store = store;
        this.lastCall = lastCall;
        this.doneThen = doneThen;
    }

    public boolean died() {
        return calls.get() >= lastCall;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    private <R> R call(Supplier<R> call) {
        int number = calls.incrementAndGet();
        if (number < lastCall) {
            return call.get();
        }
        if (number == lastCall && doneThen) {
            throw new Died(call.get());
        }
        throw new Died("nothing");
    }

    @Override
    public <T> Documents<T> documents(CollectionType<T> type) {
        var real = store.documents(type);
        return new Documents<>() {
            @Override
            public Optional<Stored<T>> find(String key) {
                return call(() -> real.find(key));
            }

            @Override
            public Map<String, Stored<T>> findAll(List<String> keys) {
                return call(() -> real.findAll(keys));
            }

            @Override
            public Page<T> list(Query query) {
                return call(() -> real.list(query));
            }

            @Override
            public long count(Condition where) {
                return call(() -> real.count(where));
            }

            @Override
            public Map<String, Long> countBy(String field, Condition where) {
                return call(() -> real.countBy(field, where));
            }

            @Override
            public Optional<Bounds> bounds(String field, Condition where) {
                return call(() -> real.bounds(field, where));
            }

            @Override
            public Upserted upsertAll(List<T> values) {
                return call(() -> real.upsertAll(values));
            }

            @Override
            public Written<T> insert(T value) {
                return call(() -> real.insert(value));
            }

            @Override
            public Written<T> replace(T value, long rev) {
                return call(() -> real.replace(value, rev));
            }

            @Override
            public boolean remove(String key, long rev) {
                return call(() -> real.remove(key, rev));
            }

            @Override
            public long removeAll(Condition where) {
                return call(() -> real.removeAll(where));
            }

            @Override
            public List<Change<T>> changesAfter(long position, int limit) {
                return call(() -> real.changesAfter(position, limit));
            }
        };
    }

    @Override
    public Leases leases() {
        var real = store.leases();
        return new Leases() {
            @Override
            public Optional<Lease> acquire(String name, String holder, Duration life) {
                return call(() -> real.acquire(name, holder, life));
            }

            @Override
            public boolean renew(Lease lease, Duration life) {
                return call(() -> real.renew(lease, life));
            }

            @Override
            public void release(Lease lease) {
                call(() -> {
                    real.release(lease);
                    return "released";
                });
            }

            @Override
            public Optional<Lease> holder(String name) {
                return call(() -> real.holder(name));
            }
        };
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
