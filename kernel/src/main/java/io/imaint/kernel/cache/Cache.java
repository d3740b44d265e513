package io.imaint.kernel.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * Texts that can be made again, such as JSON. A value may be gone at any time. A key stands for one value as long as the store lives, and has
 * the version of what the value was made of in it: nothing is invalidated, what is out of date is asked for no more.
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
}
