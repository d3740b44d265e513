package io.imaint.gateway.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The caches of the cache policies; in the memory of this process, limited in size. */
public interface CacheStore {
    /** The value of a key; null when there is none or it has expired. */
    @Nullable
    Object find(String cache, String key);

    void put(String cache, String key, Object value, Instant expiresAt);

    void remove(String cache, String key);

    /** Removes all keys that begin so. */
    void removeBelow(String cache, String prefix);
}
