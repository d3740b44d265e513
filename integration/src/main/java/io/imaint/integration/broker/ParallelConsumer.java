package io.imaint.integration.broker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls a consumer on virtual threads, a limited number of messages at a time. */
final class ParallelConsumer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ParallelConsumer.class.getName());

    /** Deliveries of one message; what fails so often is not mended by another one. */
    static final int DELIVERIES_MAX = 5;

    /** Before a message comes again, times its deliveries: what failed may pass, such as a store that is away. */
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);

    /** How long messages under way may still take at a stop; container platforms kill after thirty seconds. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    /** What is to become of a message that was delivered. */
    enum Outcome {
        CONSUMED,
        AGAIN,
        DEAD
    }

    private final String queue;
    private final int parallel;
    private final Consumer<String> consumer;
    private final BrokerMeters meters;
    private final Semaphore places;
    private final ExecutorService threads;
    private final CountDownLatch closing = new CountDownLatch(1);

    ParallelConsumer(String queue, int parallel, Consumer<String> consumer, BrokerMeters meters) {
        this.queue = queue;
        this.parallel = parallel;
        this.consumer = consumer;
        this.meters = meters;
        this.places = new Semaphore(parallel);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("consumer-" + queue + "-", 0).factory());
    }

    int parallel() {
        return parallel;
    }

    /** Waits for a free place, which {@link #run} or {@link #release} frees; false when the consumer is closing. */
    boolean acquire() throws InterruptedException {
        places.acquire();
        if (closing.getCount() == 0) {
            places.release();
            return false;
        }
        return true;
    }

    void release() {
        places.release();
    }

    /**
     * Delivers a message, in the place that the caller has acquired.
     *
     * @param delivery how often this message has been delivered, from 1
     * @param then settles the message
     */
    void run(String message, int delivery, Consumer<Outcome> then) {
        try {
            threads.execute(() -> {
                try {
                    var outcome = outcome(message, delivery);
                    Thread.interrupted(); // An interrupted thread would break the connection that it settles the
                    // message on.
                    then.accept(outcome);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException closed) { // What nobody settles comes to another consumer.
            LOG.log(Level.DEBUG, "message {0} of {1} came after the end", message, queue);
            places.release();
        }
    }

    private Outcome outcome(String message, int delivery) {
        try {
            consumer.accept(message);
            meters.consumed.increment();
            return Outcome.CONSUMED;
        } catch (RuntimeException | Error failed) { // Whatever it is, the message has to be settled.
            meters.failed.increment();
            if (delivery >= DELIVERIES_MAX) {
                meters.dead.increment();
                LOG.log(
                        Level.WARNING,
                        "message %s of %s failed %d times and is a dead letter".formatted(message, queue, delivery),
                        failed);
                return Outcome.DEAD;
            }
            LOG.log(Level.DEBUG, "message %s of %s failed and comes again".formatted(message, queue), failed);
            pause(AGAIN_AFTER.multipliedBy(delivery));
            return Outcome.AGAIN;
        }
    }

    private void pause(Duration time) {
        try {
            var unused = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the end: no further message gets a place. */
    void closing() {
        closing.countDown();
    }

    /** Waits for the messages under way, and interrupts what takes too long. */
    @Override
    public void close() {
        closing();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "consumers of {0} are interrupted: they did not end in {1}", queue, CLOSE_MAX);
                threads.shutdownNow();
                var unused = threads.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
