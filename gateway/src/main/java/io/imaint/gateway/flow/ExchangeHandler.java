package io.imaint.gateway.flow;

import java.util.Optional;

/** Answers the requests of clients. */
public interface ExchangeHandler {
    /**
     * Decides on a request's head whether it is served at all; called once for each request, before {@link #streams} and before the body is
     * read, on the thread that serves the connection.
     *
     * @return the answer to one that is not served
     */
    default Optional<Message> refusal(Message head, Client client) {
        return Optional.empty();
    }

    /**
     * Looks at a request's head before its body is read; called on the thread that serves the connection.
     *
     * @return whether the body is to pass by unread
     */
    boolean streams(Message head);

    /** Begins to answer a request, on the thread that serves its connection: it must not wait. */
    void handle(Exchange exchange);
}
