package io.imaint.integration.inbound;

import io.imaint.store.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A store as a process sees it that is stopped right before its first call of one name, until it may go on. */
public final class PausedStore extends WatchedStore {
    private static final long PATIENCE_S = 60;

    private final String last;
    private final AtomicBoolean before;
    private final CountDownLatch paused;
    private final CountDownLatch mayGoOn;

    /** @param last the name of the call, as in {@code WorkOrders.upsertAll} */
    public PausedStore(Store store, String last) {
        this(store, last, new AtomicBoolean(true), new CountDownLatch(1), new CountDownLatch(1));
    }

    private PausedStore(Store store, String last, AtomicBoolean before, CountDownLatch paused, CountDownLatch mayGoOn) {
        super(store);
        this.last = last;
        this.before = before;
        this.paused = paused;
        this.mayGoOn = mayGoOn;
    }

    @Override
    protected PausedStore over(Store under) {
        return new PausedStore(under, last, before, paused, mayGoOn);
    }

    @Override
    protected <R> R call(String name, Supplier<R> call) {
        if (name.equals(last) && before.getAndSet(false)) {
            paused.countDown();
            await(mayGoOn);
        }
        return call.get();
    }

    /** Returns once the process stands still. */
    public void awaitPause() {
        await(paused);
    }

    public void goOn() {
        mayGoOn.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came within " + PATIENCE_S + " s");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
