package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;

/**
 * A stream of events that may begin.
 *
 * @param input as read
 * @param lastEventId the id of the last event that a returning client saw, empty for a new one
 */
record Opening(Route.Work.Streams work, Object input, Caller caller, String lastEventId) {
    static final String MEDIA_TYPE = "text/event-stream";
}
