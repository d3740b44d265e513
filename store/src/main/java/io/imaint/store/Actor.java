package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, as it is kept with a fact.
 *
 * @param session null where there was none
 * @param requestId empty outside of a request
 * @param address the client's network address, empty outside of a request
 */
public record Actor(String id, String displayName, @Nullable String session, String requestId, String address) {
    static Actor of(Caller caller) {
        return new Actor(caller.id(), caller.displayName(), caller.session(), caller.requestId(), caller.address());
    }
}
