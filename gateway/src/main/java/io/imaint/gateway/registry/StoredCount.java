package io.imaint.gateway.registry;

import java.time.Instant;

/**
 * A counter as it is kept.
 *
 * @param id the hash of its name and window
 */
record StoredCount(String id, long count, Instant expiresAt) {}
