package io.imaint.gateway.flow;

/** A request of a client that waits for its answer. */
public interface Exchange {
    /** The request; its body is in memory, or passes by unread when the handler asked for that. */
    Message request();

    Client client();

    /** Whether the answer is taken as it is in memory, so that its body must not pass by unread. */
    default boolean inMemory() {
        return false;
    }

    /** Whether nobody waits for the answer any more. Calls that are made for it may end. */
    default boolean isAbandoned() {
        return false;
    }

    /** Sends the answer; once, from any thread. What is sent is called back when the last byte has left, or can't. */
    void respond(Message response, Runnable sent);
}
