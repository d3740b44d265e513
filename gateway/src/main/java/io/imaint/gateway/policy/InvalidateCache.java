package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.registry.CacheStore;

/** Removes values that {@link PopulateCache} has kept. */
final class InvalidateCache implements Policy {
    static final PolicyType TYPE = new PolicyType("InvalidateCache", "invalidatecache", InvalidateCache::compile);

    private final String prefix;
    private final CacheStore caches;
    private final CacheKey key;
    private final boolean children;

    private InvalidateCache(PolicyReader reader) {
        prefix = "invalidatecache." + reader.policy() + ".";
        caches = reader.parts().caches();
        key = CacheKey.read(reader);
        children = reader.flag("PurgeChildEntries", false);
    }

    private static Policy compile(PolicyReader reader) {
        return new InvalidateCache(reader);
    }

    @Override
    public void execute(FlowContext context) {
        var name = key.of(context);
        context.note(prefix + "cachename", key.cache());
        context.note(prefix + "cachekey", name);
        if (children) {
            caches.removeBelow(key.cache(), name);
        } else {
            caches.remove(key.cache(), name);
        }
    }
}
