package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import java.util.function.BooleanSupplier;

/**
 * A stream of events that may begin.
 *
 * @param input as read
 * @param standing asked again and again: whether the caller is still let in, with the rights that the stream began with
 * @param lastEventId the id of the last event that a returning client saw, empty for a new one
 */
record Opening(Route.Work.Streams work, Object input, Caller caller, BooleanSupplier standing, String lastEventId) {
    static final String MEDIA_TYPE = "text/event-stream";
}
