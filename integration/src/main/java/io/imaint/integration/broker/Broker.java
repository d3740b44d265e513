package io.imaint.integration.broker;

import java.util.function.Consumer;

/**
 * Brings short messages, such as the ids of outbox items, from those who have news to those who act on them. A message may
 * be lost, come twice or come late: what has to be done stands in the store, and a sweeper publishes anew what nobody took.
 */
public interface Broker extends AutoCloseable {
    /**
     * Publishes a message to whoever consumes the queue; returns when the broker has taken it.
     *
     * @throws io.imaint.kernel.problem.Failure where the broker cannot be reached or has no room
     */
    void publish(String queue, String message);

    /**
     * Has messages consumed, each by one consumer of all processes. A message is done when the consumer returns. When it
     * throws, the message comes again a few times and goes to the dead letters then.
     *
     * @param parallel how many messages are consumed at the same time, and how many are taken in advance
     */
    Consumption consume(String queue, int parallel, Consumer<String> consumer);

    /** Where the broker is, for people; without credentials. */
    String description();

    @Override
    void close();

    /** A consumer that is called until this is closed. */
    interface Consumption extends AutoCloseable {
        /** Ends the calls; returns when those under way have returned. */
        @Override
        void close();
    }
}
