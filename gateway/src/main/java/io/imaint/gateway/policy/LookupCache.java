package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.registry.CacheStore;

/** Reads a value that {@link PopulateCache} has kept into a variable. */
final class LookupCache implements Policy {
    static final PolicyType TYPE = new PolicyType("LookupCache", "lookupcache", LookupCache::compile);

    private final String prefix;
    private final CacheStore caches;
    private final CacheKey key;
    private final String assignTo;

    private LookupCache(PolicyReader reader) {
        prefix = "lookupcache." + reader.policy() + ".";
        caches = reader.parts().caches();
        key = CacheKey.read(reader);
        assignTo = reader.text("AssignTo").orElse("");
        reader.number("CacheLookupTimeoutInSeconds", 0); // Nothing waits here.
        if (assignTo.isEmpty()) {
            reader.error("<AssignTo> is missing; name the variable that takes the value");
        }
    }

    private static Policy compile(PolicyReader reader) {
        return new LookupCache(reader);
    }

    @Override
    public void execute(FlowContext context) {
        var name = key.of(context);
        var found = caches.find(key.cache(), name);
        context.note(prefix + "cachename", key.cache());
        context.note(prefix + "cachekey", name);
        context.note(prefix + "assignto", assignTo);
        context.note(prefix + "invalidentry", false);
        context.note(prefix + "cachehit", found != null);
        if (found != null) {
            context.set(assignTo, found);
        }
    }
}
