package io.imaint.app;

import io.imaint.kernel.cache.SharedCache;
import java.time.InstantSource;

class ProcessCacheTest extends SharedCacheContract {
    private final SharedCache shared = SharedCache.ofProcess(InstantSource.system());

    @Override
    SharedCache shared() {
        return shared;
    }
}
