package io.imaint.gateway.flow;

import io.imaint.gateway.registry.CacheStore;
import io.imaint.gateway.registry.Maps;
import io.imaint.gateway.registry.PendingCounters;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Tokens;
import io.imaint.kernel.cache.Counters;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What policies work with.
 *
 * @param counters shared by all gateway processes
 * @param localCounters of this process only; they never wait
 * @param pendingCounters the shared ones, synchronized from time to time
 * @param tooManyRequests the status of a quota or spike arrest that is exceeded: 500 as SAP answers by default, or 429
 * @param random for tokens: it can't be guessed
 */
public record GatewayParts(
        Registry registry,
        Maps maps,
        Tokens tokens,
        Counters counters,
        Counters localCounters,
        PendingCounters pendingCounters,
        CacheStore caches,
        Targets targets,
        LocalProxies proxies,
        InstantSource clock,
        RandomGenerator random,
        int tooManyRequests) {}
