package io.imaint.gateway.management;

import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Proxies;
import io.imaint.kernel.identity.Caller;
import java.time.InstantSource;

/**
 * What all routes work with.
 *
 * @param system the configuration in nobody's name, for reading
 */
record Context(
        Configuration system,
        LiveRegistry registry,
        ProxyRuntime runtime,
        Deployments deployments,
        FindingCounts findings,
        ProviderConnection connection,
        ApplicationKeys keys,
        InstantSource clock) {
    /** In the name of who sent the request. */
    Configuration configuration() {
        return system.as(Caller.current());
    }

    Proxies proxies() {
        return new Proxies(system, Caller.current(), clock);
    }
}
