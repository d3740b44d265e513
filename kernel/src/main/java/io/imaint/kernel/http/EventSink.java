package io.imaint.kernel.http;

import java.time.Duration;

/**
 * Where the handler of a route of events sends them. It may be used by several threads.
 *
 * @param <E> the type of the events' data
 */
public interface EventSink<E> {
    /**
     * Sends an event without waiting for the client. A client that reads too slowly for what waits for it is cut off;
     * it may come back and say which event it saw last.
     *
     * @param id what the client sends back as the last event it saw; one line, empty for none
     * @param name the kind of event, such as {@code progressed}
     * @return false when the stream has ended
     */
    boolean send(String id, String name, E data);

    /** The id of the last event that a returning client saw, empty for a new one. It comes unchecked. */
    String lastEventId();

    /**
     * Waits until the stream has ended: the client left or was cut off, its time is over, or the server stops.
     *
     * @return false when the patience ended first
     */
    boolean awaitEnd(Duration patience);
}
