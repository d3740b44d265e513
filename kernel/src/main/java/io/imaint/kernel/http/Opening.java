package io.imaint.kernel.http;

import org.jspecify.annotations.Nullable;

/**
 * A stream of events that may begin.
 *
 * @param parameters as read
 * @param caller null where the route is anonymous
 * @param lastEventId the id of the last event that a returning client saw, empty for a new one
 */
record Opening(
        Route.Work.Streams work,
        @Nullable Object parameters,
        @Nullable Caller caller,
        String lastEventId) {
    static final String MEDIA_TYPE = "text/event-stream";
}
