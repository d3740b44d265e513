package io.imaint.gateway.registry;

import java.time.Instant;

/**
 * A request that a developer sent from the developer hub, as it is kept for a while.
 *
 * @param product in whose name it went
 * @param path without the query, which may hold keys
 */
public record TestRequestRecord(
        String id,
        String user,
        String product,
        String proxy,
        String verb,
        String path,
        Instant time,
        Instant keptUntil) {}
