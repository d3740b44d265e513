package io.imaint.gateway.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A token as it is kept.
 *
 * @param id kind and hash
 * @param keptUntil when the record is removed: some time after the token expires, so that clients learn that it has expired; empty for never
 */
record StoredToken(String id, AccessToken token, Optional<Instant> keptUntil) {}
