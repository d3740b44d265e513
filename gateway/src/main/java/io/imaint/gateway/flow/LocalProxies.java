package io.imaint.gateway.flow;

import java.time.Duration;
import java.util.Optional;

/** Calls other proxies of this gateway without the wire. */
public interface LocalProxies {
    /**
     * Runs a request through the proxy that its path belongs to, as if the caller's client had sent it, and waits for the answer, which is
     * in memory.
     *
     * @throws Fault when too many proxies call each other, when the time-out or the time of the caller is over, or when the path is none
     */
    Message call(Message request, FlowContext caller, Duration timeout) throws Fault;

    /** The base path of a proxy's endpoint; empty when there is none. An empty name means the first endpoint. */
    Optional<String> basePath(String proxy, String endpoint);
}
