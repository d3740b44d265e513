package io.imaint.kernel.http.server;

import java.io.IOException;

/** Answers the requests of one listener. */
public interface HttpHandler {
    /**
     * Answers a request, on a virtual thread. It may wait. A request that it leaves unanswered, and one on which it
     * fails before anything was sent, is answered as {@link Refusal#DEFECT}; after a later failure the
     * connection is closed.
     */
    void handle(HttpExchange exchange) throws IOException;

    /**
     * True when {@link #handle} answers this request from memory and waits for nothing. Then it is called on the thread
     * that serves all connections.
     */
    default boolean answersAtOnce(HttpExchange exchange) {
        return false;
    }

    /**
     * Answers a request that was refused before {@link #handle} could see it. Its method, path and headers may be
     * missing, and what is known of them is unchecked.
     */
    void refuse(HttpExchange exchange, Refusal refusal);
}
