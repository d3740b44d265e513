package io.imaint.integration.inbound;

import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A store that is away for a while, from its first call of one name on. */
public final class OutageStore extends WatchedStore {
    private final String first;
    private final Duration outage;
    private final AtomicLong began;

    /** @param first the name of the call, as in {@code WorkOrders.upsertAll} */
    public OutageStore(Store store, String first, Duration outage) {
        this(store, first, outage, new AtomicLong());
    }

    private OutageStore(Store store, String first, Duration outage, AtomicLong began) {
        super(store);
        this.first = first;
        this.outage = outage;
        this.began = began;
    }

    @Override
    protected OutageStore over(Store under) {
        return new OutageStore(under, first, outage, began);
    }

    @Override
    protected <R> R call(String name, Supplier<R> call) {
        if (name.equals(first)) {
            began.compareAndSet(0, System.nanoTime());
        }
        if (began.get() != 0 && System.nanoTime() - began.get() < outage.toNanos()) {
            throw StoreProblem.STORE_UNREACHABLE.because("no server answers");
        }
        return call.get();
    }

    /** Whether it was away and is back. */
    public boolean isBack() {
        return began.get() != 0 && System.nanoTime() - began.get() >= outage.toNanos();
    }
}
