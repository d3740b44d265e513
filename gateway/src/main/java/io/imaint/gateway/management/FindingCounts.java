package io.imaint.gateway.management;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistrySnapshot;

/** How many findings revisions have. A revision is checked again only when something that it may refer to has changed. */
final class FindingCounts {
    /** @param deployable whether all of them allow to deploy the revision */
    record Count(int findings, boolean deployable) {}

    private record Counted(RegistrySnapshot against, Count count) {}

    private final ProxyRuntime runtime;
    private final LiveRegistry registry;
    private final Cache<String, Counted> known =
            Caffeine.newBuilder().maximumSize(Entries.COUNT_MAX).build();

    FindingCounts(ProxyRuntime runtime, LiveRegistry registry) {
        this.runtime = runtime;
        this.registry = registry;
    }

    Count of(Proxies proxies, ProxyRecord.Revision revision) {
        var now = registry.snapshot();
        var counted = known.getIfPresent(revision.bundle());
        if (counted == null || counted.against != now) {
            var checked = runtime.check(proxies.files(revision));
            counted = new Counted(now, new Count(checked.findings().size(), checked.deployable()));
            known.put(revision.bundle(), counted);
        }
        return counted.count;
    }
}
