package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import java.time.Instant;

/**
 * A delta token that was handed out.
 *
 * @param token as the caller sends it back
 * @param filter the filter of the tracked read, empty without one
 * @param initial it ended an initial load, not a read of changes
 * @param open false once the subscription was ended or begun anew
 */
public record IssuedToken(
        EntitySet set, String user, String token, String filter, Instant at, boolean initial, boolean open) {
    IssuedToken closed() {
        return new IssuedToken(set, user, token, filter, at, initial, false);
    }
}
