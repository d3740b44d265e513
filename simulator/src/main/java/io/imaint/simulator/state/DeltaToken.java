package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import java.time.Instant;

/**
 * A delta token that was handed out.
 *
 * @param token as the caller sends it back
 * @param user who asked
 * @param initial it ended a read of the whole set, not of changes
 */
public record DeltaToken(String token, EntitySet set, String user, Instant at, boolean initial) {}
