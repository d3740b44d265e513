package io.imaint.simulator.basis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transport request in the transport directory.
 *
 * @param dependsOn requests that must be imported before
 * @param queued it waits in the import queue
 * @param imported when it was last imported
 * @param problem why its files cannot be used, empty when they can
 */
public record Transport(
        String request,
        String description,
        List<String> dependsOn,
        boolean queued,
        Optional<Instant> imported,
        String problem) {}
