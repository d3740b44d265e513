package io.imaint.gateway.wire;

/** Has deadlines, which its event loop looks at a few times a second: cheaper than a timer for each request. */
interface Watched {
    /** Ends what is late. */
    void watch(long nanoTime);
}
