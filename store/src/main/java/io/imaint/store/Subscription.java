package io.imaint.store;

/** A consumer that is called for facts until this is closed. Its position is kept, and a later subscription of the same name goes on from it. */
public interface Subscription extends AutoCloseable {
    /** Ends the calls; returns when a call under way has returned. */
    @Override
    void close();
}
