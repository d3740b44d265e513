package io.imaint.kernel.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * Texts that can be made again, such as JSON. A value may be gone at any time, and it may be as old as its time to live: an
 * invalidation is missed by the processes that cannot be reached at that moment.
 */
public interface Cache {
    /** What is larger is not kept. */
    int VALUE_MAX = 1 << 20;

    Optional<String> get(String key);

    /**
     * Keeps a value.
     *
     * @param timeToLive after which the value is forgotten at the latest; at least a millisecond
     */
    void put(String key, String value, Duration timeToLive);

    void invalidate(String key);
}
