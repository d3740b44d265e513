package io.imaint.kernel.cache;

import java.time.Instant;

/** Counters by name and window. Those that several processes share wait; {@link LocalCounters} do not. */
public interface Counters {
    /**
     * Adds to a counter.
     *
     * @param name such as proxy, policy and identifier together
     * @param window which interval is counted; its start, for instance
     * @param weight may be 0, to ask only, or negative, to give back
     * @param expiresAt when nobody asks for it any more
     * @return the count with the addition
     */
    long add(String name, String window, long weight, Instant expiresAt);

    void reset(String name, String window);
}
