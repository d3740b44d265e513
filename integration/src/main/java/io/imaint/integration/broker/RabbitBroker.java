package io.imaint.integration.broker;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.ServiceAddress;
import io.imaint.kernel.telemetry.Metered;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ. One thread connects, and connects anew whenever the connection has ended; the consumers go on with each new one.
 * In between nothing is published: who publishes hears so at once and leaves it to the sweeper.
 */
final class RabbitBroker implements Broker, Readiness.Reporting, Metered {
    private static final System.Logger LOG = System.getLogger(RabbitBroker.class.getName());

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** RabbitMQ and we hear of a dead connection after two of them. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    /** A session of this length was a good one: the next attempt after it need not wait long. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);

    /** The account that a new broker has. */
    private static final String GUEST = "guest";

    /** @param since when it could not be reached for the first time */
    private record Away(ProblemCode code, String reason, Instant since) {
        Failure failure() {
            return code.because(reason);
        }
    }

    /** What goes wrong ends the session, and its end is logged. */
    private static final class Quiet extends ForgivingExceptionHandler {
        @Override
        protected void log(String message, Throwable cause) {
            LOG.log(Level.DEBUG, message, cause);
        }
    }

    private final List<ServiceAddress> hosts;
    private final InstantSource clock;
    private final ConnectionFactory factory = new ConnectionFactory();
    /** Never shut down: it holds nothing, and the end of a connection is told through it. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final BrokerMeters meters = new BrokerMeters();
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread connecting = Thread.ofVirtual().name("rabbitmq").unstarted(this::keepConnected);

    /** Guarded by this. */
    private final List<Subscription> subscriptions = new ArrayList<>();

    private volatile @Nullable RabbitSession session;
    private volatile @Nullable Away away;

    private RabbitBroker(List<ServiceAddress> hosts, InstantSource clock) {
        this.clock = clock;
        this.hosts = List.copyOf(hosts);
        var one = hosts.getFirst();
        factory.setUsername(one.user().isEmpty() ? GUEST : one.user());
        var password = one.password();
        factory.setPassword(password == null ? GUEST : password.reveal());
        factory.setVirtualHost(one.path().isEmpty() ? "/" : one.path());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
        factory.setConnectionTimeout((int) CONNECT_MAX.toMillis());
        factory.setHandshakeTimeout((int) CONNECT_MAX.toMillis());
        factory.setChannelRpcTimeout((int) CONNECT_MAX.toMillis());
        factory.setThreadFactory(Thread.ofVirtual().name("rabbitmq-", 0).factory());
        factory.setSharedExecutor(threads);
        factory.setExceptionHandler(new Quiet());
        if (one.encrypted()) {
            try {
                factory.useSslProtocol(SSLContext.getDefault());
            } catch (NoSuchAlgorithmException never) {
                throw new AssertionError(never);
            }
            factory.enableHostnameVerification();
        }
    }

    /** Begins to connect; waits for the first attempt, and starts without RabbitMQ where it fails. */
    static RabbitBroker open(List<ServiceAddress> hosts, InstantSource clock) {
        var broker = new RabbitBroker(hosts, clock);
        broker.connecting.start();
        try {
            var unused = broker.attempted.await(CONNECT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return broker;
    }

    private void keepConnected() {
        int failures = 0;
        try {
            while (closed.getCount() > 0) {
                var begun = clock.instant();
                try (var opened = open()) {
                    begin(opened);
                    attempted.countDown();
                    lost(BrokerProblem.BROKER_UNREACHABLE, opened.awaitEnd());
                } catch (IOException | TimeoutException | ShutdownSignalException | Failure failed) {
                    lost(code(failed), reason(failed));
                } finally {
                    session = null;
                    attempted.countDown();
                }
                failures = Duration.between(begun, clock.instant()).compareTo(SETTLED_AFTER) > 0 ? 0 : failures + 1;
                var unused = closed.await(backoffMillis(failures), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            LOG.log(Level.DEBUG, "no more attempts to connect", ended);
        }
    }

    private RabbitSession open() throws IOException, TimeoutException {
        var connection = factory.newConnection(
                hosts.stream()
                        .map(host -> new Address(host.host(), host.port()))
                        .toList(),
                "iMaintenance");
        try {
            return new RabbitSession(connection);
        } catch (IOException | RuntimeException failed) {
            connection.abort();
            throw failed;
        }
    }

    private synchronized void begin(RabbitSession opened) throws IOException, InterruptedException {
        for (var subscription : subscriptions) {
            subscription.begin(opened);
        }
        session = opened;
        if (away != null) {
            LOG.log(Level.INFO, "{0} is reachable again", description());
            away = null;
        }
    }

    /** One line for the state, not one for each attempt. */
    private void lost(ProblemCode code, String reason) {
        session = null;
        if (closed.getCount() == 0) {
            return;
        }
        var before = away;
        if (before == null || !before.code.equals(code)) {
            LOG.log(
                    Level.WARNING,
                    "{0}: {1}: {2}; the messages wait in the store",
                    description(),
                    code.title(),
                    reason);
        }
        away = new Away(code, reason, before == null ? clock.instant() : before.since);
    }

    /** Exponential, with full jitter, so that processes do not come back all at once. */
    private static long backoffMillis(int failures) {
        long most = Math.min(BACKOFF_MAX.toMillis(), BACKOFF_MIN.toMillis() << Math.min(failures, 10));
        return ThreadLocalRandom.current().nextLong(BACKOFF_MIN.toMillis() / 2, most + 1);
    }

    /** What RabbitMQ says no to, a person has to mend. */
    private static ProblemCode code(Exception failed) {
        boolean refused = failed instanceof PossibleAuthenticationFailureException || signal(failed) != null;
        return refused ? BrokerProblem.BROKER_REFUSED : BrokerProblem.BROKER_UNREACHABLE;
    }

    /** The words with which RabbitMQ closed a connection or a channel; null where it did not. */
    private static @Nullable String signal(Exception failed) {
        var signal = failed instanceof ShutdownSignalException own
                ? own
                : failed.getCause() instanceof ShutdownSignalException cause ? cause : null;
        return switch (signal == null ? null : signal.getReason()) {
            case com.rabbitmq.client.AMQP.Connection.Close close -> close.getReplyText();
            case com.rabbitmq.client.AMQP.Channel.Close close -> close.getReplyText();
            case null, default -> null;
        };
    }

    private static String reason(Exception failed) {
        var signal = signal(failed);
        var message = signal == null ? failed.getMessage() : signal;
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    @Override
    public void publish(String queue, String message) {
        try {
            var current = session;
            if (current == null) {
                throw failure();
            }
            current.publish(queue, message);
            meters.published.increment();
        } catch (IOException | ShutdownSignalException failed) {
            meters.refused.increment();
            throw code(failed).because(reason(failed), failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            meters.refused.increment();
            throw BrokerProblem.BROKER_UNREACHABLE.because("the process stops", stopping);
        } catch (Failure refused) {
            meters.refused.increment();
            throw refused;
        }
    }

    private Failure failure() {
        var now = away;
        return now == null
                ? BrokerProblem.BROKER_UNREACHABLE.because(description() + " is not connected yet")
                : now.failure();
    }

    @Override
    public Consumption consume(String queue, int parallel, Consumer<String> consumer) {
        var subscription = new Subscription(queue, new ParallelConsumer(queue, parallel, consumer, meters));
        synchronized (this) {
            subscriptions.add(subscription);
            var current = session;
            if (current != null) {
                try {
                    subscription.begin(current);
                } catch (IOException | ShutdownSignalException | Failure lost) {
                    LOG.log(Level.DEBUG, "the consumer begins with the next connection", lost);
                    current.close();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return subscription;
    }

    /** A consumer over all sessions. */
    private final class Subscription implements Consumption {
        private final String queue;
        private final ParallelConsumer consumer;
        private RabbitSession.@Nullable Consuming current;

        Subscription(String queue, ParallelConsumer consumer) {
            this.queue = queue;
            this.consumer = consumer;
        }

        void begin(RabbitSession on) throws IOException, InterruptedException {
            current = on.consume(queue, consumer);
        }

        @Override
        public void close() {
            RabbitSession.@Nullable Consuming last;
            synchronized (RabbitBroker.this) {
                subscriptions.remove(this);
                last = current;
            }
            consumer.closing();
            if (last != null) {
                last.cancel();
            }
            consumer.close();
            if (last != null) {
                last.close();
            }
        }
    }

    @Override
    public String description() {
        return hosts.stream().map(ServiceAddress::toString).collect(Collectors.joining(", "));
    }

    /** Without RabbitMQ everything else goes on, and what was not published waits in the store. */
    @Override
    public Readiness readiness() {
        var now = away;
        return now == null
                ? Readiness.READY
                : new Readiness(
                        true,
                        "degraded: %s is away since %s: %s"
                                .formatted(description(), now.since.truncatedTo(ChronoUnit.SECONDS), now.reason));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry, () -> session != null);
    }

    @Override
    public void close() {
        List<Subscription> open;
        synchronized (this) {
            open = List.copyOf(subscriptions);
        }
        open.forEach(Subscription::close);
        closed.countDown();
        var last = session;
        if (last != null) {
            last.close();
        }
        connecting.interrupt();
    }
}
