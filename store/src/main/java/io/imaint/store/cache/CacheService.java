package io.imaint.store.cache;

import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.BackingServices;
import java.time.InstantSource;

/** The cache and the counters as a service: within the process, or in Redis when its address is given. */
public final class CacheService {
    public static final ServiceModule<SharedCache> MODULE = ServiceModule.named(
                    "cache", Group.FOUNDATION, "Keeps what may be forgotten, within the process or in Redis")
            .reads(BackingServices::read)
            .starts((needs, settings) -> open(settings));

    private CacheService() {}

    /** Opens the cache that settings name, for those who run without services; the caller closes it. */
    public static SharedCache open(BackingServices settings) {
        var clock = InstantSource.system();
        return settings.redis().isEmpty() ? SharedCache.ofProcess(clock) : RedisCache.open(settings, clock);
    }
}
