package io.imaint.integration.inbound;

import io.imaint.store.Store;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A store as a process sees it that dies at its n-th call: just before the call or just after it, and from then on
 * nothing gets through any more. The store behind it lives on.
 */
public final class MortalStore extends WatchedStore {
    /** The process is gone; nobody is there to catch this. */
    public static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died(Object unheard) {
            super("died before hearing of " + unheard.getClass().getSimpleName());
        }
    }

    private final int lastCall;
    private final boolean doneThen;
    private final AtomicInteger calls;

    /** @param doneThen whether the last call takes effect though its caller never learns of it */
    public MortalStore(Store store, int lastCall, boolean doneThen) {
        this(store, lastCall, doneThen, new AtomicInteger());
    }

    private MortalStore(Store store, int lastCall, boolean doneThen, AtomicInteger calls) {
        super(store);
        this.lastCall = lastCall;
        this.doneThen = doneThen;
        this.calls = calls;
    }

    public boolean died() {
        return calls.get() >= lastCall;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    @Override
    protected MortalStore over(Store under) {
        return new MortalStore(under, lastCall, doneThen, calls);
    }

    @Override
    protected <R> R call(String name, Supplier<R> call) {
        int number = calls.incrementAndGet();
        if (number < lastCall) {
            return call.get();
        }
        if (number == lastCall && doneThen) {
            throw new Died(call.get());
        }
        throw new Died("nothing");
    }
}
