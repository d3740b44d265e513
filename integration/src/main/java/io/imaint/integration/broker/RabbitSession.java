package io.imaint.integration.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaint.integration.broker.ParallelConsumer.Outcome;
import io.imaint.kernel.problem.ProblemCode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to RabbitMQ, with the queues, publications and consumers on it. It ends whole: when a channel is closed or
 * a consumer cancelled, so is the connection, and another session begins anew.
 *
 * <pre>
 *   publish ──► imaint.QUEUE (quorum, at most 10,000 messages, refuses more)
 *                   │ rejected, or delivered too often
 *                   ▼
 *               imaint.dead-letters ──► imaint.QUEUE.dead-letters (the last 1,000, for a week)
 * </pre>
 */
final class RabbitSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RabbitSession.class.getName());

    /** RabbitMQ confirms when most of its nodes have written the message; usually within milliseconds. */
    private static final Duration CONFIRM_MAX = Duration.ofSeconds(5);

    private static final String PREFIX = "imaint.";
    private static final String DEAD = ".dead-letters";
    private static final String DEAD_LETTERS = "imaint" + DEAD;

    /** Dead letters are for people to look at; the store still knows what has to be done. */
    private static final int DEAD_MAX = 1_000;

    private static final Duration DEAD_KEPT = Duration.ofDays(7);

    /** Where RabbitMQ tells how often it has delivered a message in vain; absent at the first delivery. */
    private static final String DELIVERY_COUNT = "x-delivery-count";

    private static final AMQP.BasicProperties DURABLE = new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .contentType("text/plain")
            .contentEncoding("utf-8")
            .build();

    private final Connection connection;
    private final Channel publishing;
    private final Set<String> declared = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** Held while a number is taken and the message sent under it. */
    private final ReentrantLock sending = new ReentrantLock();

    /** What was sent and not yet confirmed, by the number on the channel; failed with null, refused with the reason. */
    private final ConcurrentSkipListMap<Long, CompletableFuture<@Nullable ProblemCode>> unconfirmed =
            new ConcurrentSkipListMap<>();

    private volatile boolean blocked;

    RabbitSession(Connection connection) throws IOException {
        this.connection = connection;
        connection.addShutdownListener(this::end);
        connection.addBlockedListener(new BlockedListener() {
            @Override
            public void handleBlocked(String reason) {
                LOG.log(Level.WARNING, "RabbitMQ takes no messages: {0}", reason);
                blocked = true;
            }

            @Override
            public void handleUnblocked() {
                LOG.log(Level.INFO, "RabbitMQ takes messages again");
                blocked = false;
            }
        });
        publishing = channel();
        publishing.confirmSelect();
        publishing.addConfirmListener(
                (number, multiple) -> confirm(number, multiple, null),
                (number, multiple) -> confirm(number, multiple, BrokerProblem.BROKER_FULL));
        publishing.addReturnListener(returned -> {
            // Somebody has deleted the queue. The message is returned before it is confirmed.
            declared.clear();
            confirm(Long.parseLong(returned.getProperties().getMessageId()), false, BrokerProblem.BROKER_UNREACHABLE);
        });
    }

    private Channel channel() throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("RabbitMQ allows no further channel");
        }
        channel.addShutdownListener(this::end);
        return channel;
    }

    private void end(ShutdownSignalException cause) {
        if (cause.isInitiatedByApplication() && !cause.isHardError()) {
            return; // A consumer was closed.
        }
        end(cause.getMessage());
        unconfirmed.values().forEach(waiting -> waiting.complete(BrokerProblem.BROKER_UNREACHABLE));
    }

    private void end(@Nullable String reason) {
        ended.complete(reason == null ? "the connection ended" : reason);
    }

    private void confirm(long number, boolean multiple, @Nullable ProblemCode refusal) {
        var settled = multiple ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
        settled.values().removeIf(waiting -> {
            waiting.complete(refusal);
            return true;
        });
    }

    /** Waits until the connection has ended; returns why. */
    String awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException never) {
            throw new AssertionError(never);
        }
    }

    /** Waits until RabbitMQ has taken a message. */
    void publish(String queue, String message) throws IOException, InterruptedException {
        if (blocked) {
            throw BrokerProblem.BROKER_FULL.because("RabbitMQ has an alarm of memory or disk");
        }
        var waiting = new CompletableFuture<@Nullable ProblemCode>();
        long number = send(queue, message, waiting);
        try {
            var refusal = waiting.get(CONFIRM_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (refusal != null) {
                throw refusal.because("message %s of %s was not taken".formatted(message, queue));
            }
        } catch (TimeoutException late) {
            throw BrokerProblem.BROKER_UNREACHABLE.because(
                    "message %s of %s was not confirmed in %d ms".formatted(message, queue, CONFIRM_MAX.toMillis()),
                    late);
        } catch (ExecutionException never) {
            throw new AssertionError(never);
        } finally {
            unconfirmed.remove(number);
        }
    }

    private long send(String queue, String message, CompletableFuture<@Nullable ProblemCode> waiting)
            throws IOException, InterruptedException {
        lockSending();
        try {
            declare(queue);
            long number = publishing.getNextPublishSeqNo();
            unconfirmed.put(number, waiting);
            var properties = DURABLE.builder().messageId(Long.toString(number)).build();
            publishing.basicPublish("", PREFIX + queue, true, properties, message.getBytes(UTF_8));
            return number;
        } finally {
            sending.unlock();
        }
    }

    private void lockSending() throws InterruptedException {
        if (!sending.tryLock(CONFIRM_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            throw BrokerProblem.BROKER_UNREACHABLE.because("the connection takes no message");
        }
    }

    /** Declares a queue and its dead letters, once in a session; needs the lock. */
    private void declare(String queue) throws IOException {
        if (declared.contains(queue)) {
            return;
        }
        var name = PREFIX + queue;
        publishing.exchangeDeclare(DEAD_LETTERS, BuiltinExchangeType.DIRECT, true);
        declare(name + DEAD, Map.of("x-max-length", DEAD_MAX, "x-message-ttl", DEAD_KEPT.toMillis()));
        publishing.queueBind(name + DEAD, DEAD_LETTERS, queue);
        declare(
                name,
                Map.of(
                        "x-max-length",
                        InProcessBroker.QUEUED_MAX,
                        "x-overflow",
                        "reject-publish",
                        "x-delivery-limit", // Also ends a message that kills its consumer each time.
                        ParallelConsumer.DELIVERIES_MAX,
                        "x-dead-letter-exchange",
                        DEAD_LETTERS,
                        "x-dead-letter-routing-key",
                        queue));
        declared.add(queue);
    }

    private void declare(String name, Map<String, Object> arguments) throws IOException {
        var quorum = new HashMap<>(arguments);
        quorum.put("x-queue-type", "quorum");
        publishing.queueDeclare(name, true, false, false, quorum);
    }

    /** Has a queue consumed until the result is closed, or the session ends. */
    Consuming consume(String queue, ParallelConsumer consumer) throws IOException, InterruptedException {
        lockSending();
        try {
            declare(queue);
        } finally {
            sending.unlock();
        }
        var channel = channel();
        channel.basicQos(consumer.parallel());
        var tag = channel.basicConsume(PREFIX + queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                deliver(channel, envelope.getDeliveryTag(), new String(body, UTF_8), delivery(properties), consumer);
            }

            @Override
            public void handleCancel(String tag) {
                end("the queue %s was deleted".formatted(queue));
            }
        });
        return new Consuming(channel, tag);
    }

    private static int delivery(AMQP.BasicProperties properties) {
        var headers = properties.getHeaders();
        return headers != null && headers.get(DELIVERY_COUNT) instanceof Number before ? before.intValue() + 1 : 1;
    }

    /** What is not settled in the end, RabbitMQ gives to another consumer. */
    private static void deliver(Channel channel, long tag, String message, int delivery, ParallelConsumer consumer) {
        try {
            if (consumer.acquire()) {
                consumer.run(message, delivery, outcome -> settle(channel, tag, outcome));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void settle(Channel channel, long tag, Outcome outcome) {
        try {
            switch (outcome) {
                case CONSUMED -> channel.basicAck(tag, false);
                case AGAIN -> channel.basicReject(tag, true);
                case DEAD -> channel.basicReject(tag, false);
            }
        } catch (IOException | AlreadyClosedException lost) {
            LOG.log(Level.DEBUG, "the connection ended before a message was settled; it comes again", lost);
        }
    }

    /** A consumer on this session. */
    record Consuming(Channel channel, String tag) implements AutoCloseable {
        /** Ends the deliveries; what was delivered may still be settled. */
        void cancel() {
            try {
                channel.basicCancel(tag);
            } catch (IOException | AlreadyClosedException gone) {
                LOG.log(Level.DEBUG, "the session has ended before", gone);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException | TimeoutException | AlreadyClosedException gone) {
                LOG.log(Level.DEBUG, "the session has ended before", gone);
            }
        }
    }

    @Override
    public void close() {
        connection.abort((int) CONFIRM_MAX.toMillis());
    }
}
