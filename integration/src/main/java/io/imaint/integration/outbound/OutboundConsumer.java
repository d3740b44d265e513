package io.imaint.integration.outbound;

import io.imaint.integration.broker.Broker;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.source.SapSession;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Store;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.outbox.OutboxQueue.Claimed;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Posts commands to SAP, several at the same time, each as the broker names it. What to do with each stands in the outbox:
 * a message that comes twice, late or for nothing does no harm.
 *
 * <pre>
 *   message ──► gate ──► claim ──► send ──┬─► posted   its followers are published
 *               │ SAP is away             ├─► later    published after a wait
 *               ▼                         ├─► failed   its followers are held
 *             waits                       └─► released, and the gate closes
 * </pre>
 */
public final class OutboundConsumer implements AutoCloseable, Metered, Readiness.Reporting {
    private static final System.Logger LOG = System.getLogger(OutboundConsumer.class.getName());

    /** Longer, a broker might take a consumer for dead; the sweeper publishes the command again. */
    private static final Duration PARKED_MAX = Duration.ofMinutes(5);

    /** As long as the claim lives, and with it the right to say what became of the command. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    private static final Duration SETTLE_AGAIN_MAX = Duration.ofSeconds(5);

    /** Double so often at most: the exponent of the longest wait. */
    private static final int DOUBLINGS_MAX = 16;

    /** Where commands are published. */
    static final String QUEUE = "outbox";

    private final OutboxQueue queue;
    private final Broker broker;
    private final Sending sending;
    private final SapGate gate;
    private final OutboundSettings settings;
    private final Terms terms;
    private final OutboundMeters meters = new OutboundMeters();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("outbox-retries").factory());
    private Broker.@Nullable Consumption consumption;

    /**
     * Who posts, and by which clock.
     *
     * @param by who claims commands, for people and other processes
     * @param random spreads retries
     */
    public record Terms(String by, InstantSource clock, RandomGenerator random) {}

    private OutboundConsumer(Store store, SapSession sap, Broker broker, OutboundSettings settings, Terms terms) {
        this.queue = new OutboxQueue(store, terms.clock());
        this.broker = broker;
        this.sending = new Sending(sap, store, terms.clock());
        this.settings = settings;
        this.terms = terms;
        this.gate = new SapGate(sending::probe, settings, terms.clock());
    }

    /** Starts to post what the broker names. */
    public static OutboundConsumer start(
            Store store, SapSession sap, Broker broker, OutboundSettings settings, Terms terms) {
        var consumer = new OutboundConsumer(store, sap, broker, settings, terms);
        consumer.consumption = broker.consume(QUEUE, settings.parallel(), consumer::take);
        return consumer;
    }

    private void take(String id) {
        if (!gate.await(PARKED_MAX)) {
            return;
        }
        Optional<Claimed> claimed;
        try {
            claimed = queue.claim(id, terms.by());
        } catch (Failure storeAway) {
            LOG.log(Level.DEBUG, "{0} is left to the sweeper: {1}", id, storeAway.line());
            return;
        }
        claimed.ifPresent(this::post);
    }

    private void post(Claimed claimed) {
        var item = claimed.item();
        meters.attempted(item.command());
        Result result;
        try {
            result = sending.send(claimed);
        } catch (Failure storeAway) {
            settle(() -> {
                queue.release(claimed, settings.retryFirst());
                return List.of();
            });
            return;
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "posting " + item.id() + " failed by a defect", defect);
            result = new Result.Passing(
                    Outcome.words("defect", "posting failed by a defect: " + defect, "Read the log of the consumer."),
                    true,
                    false);
        }
        settle(claimed, result);
    }

    private void settle(Claimed claimed, Result result) {
        var item = claimed.item();
        var command = item.command();
        switch (result) {
            case Result.Posted posted -> {
                settle(() -> queue.posted(claimed, posted.outcome(), posted.lookedUp()));
                meters.posted(item, terms.clock().instant());
            }
            case Result.Failed failed -> {
                LOG.log(
                        Level.INFO,
                        "{0} {1} failed: {2}",
                        command,
                        item.id(),
                        failed.words().message());
                settle(() -> {
                    queue.failed(claimed, failed.words());
                    return List.of();
                });
                meters.failed(command);
            }
            case Result.Passing passing -> {
                if (passing.suspect()) {
                    gate.suspect(ODataProblem.SAP_CONNECTION_LOST.because(
                            String.valueOf(passing.words().message())));
                }
                if (item.attempts() >= settings.attemptsMax() && !passing.uncertain()) {
                    settle(claimed, new Result.Failed(passing.words()));
                } else {
                    later(claimed, passing.words(), passing.uncertain(), wait(item.attempts()));
                }
            }
            case Result.Away away -> {
                gate.suspect(away.failure());
                if (away.uncertain() || item.uncertain()) {
                    later(claimed, Result.words(away.failure()), true, Duration.ZERO);
                } else {
                    settle(() -> {
                        queue.release(claimed, Duration.ZERO);
                        return List.of(item.id());
                    });
                }
            }
        }
    }

    private void later(Claimed claimed, Outcome words, boolean uncertain, Duration wait) {
        settle(() -> {
            queue.later(claimed, words, uncertain, wait);
            return List.of();
        });
        try {
            var unused =
                    timer.schedule(() -> publish(List.of(claimed.item().id())), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // The sweeper of another process, or of the next start, finds it.
        }
    }

    /** Between half and the whole of a time that doubles, so that commands that failed together do not return together. */
    private Duration wait(int attempts) {
        long longest = Math.min(
                settings.retryMax().toMillis(),
                settings.retryFirst().toMillis() << Math.min(Math.max(0, attempts - 1), DOUBLINGS_MAX));
        return Duration.ofMillis(terms.random().nextLong(longest / 2, longest + 1));
    }

    /** Writes down what became of a command, and publishes what is due thereby; again while the store is away. */
    private void settle(Supplier<List<String>> step) {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        var wait = settings.retryFirst();
        while (true) {
            try {
                publish(step.get());
                return;
            } catch (Failure storeAway) {
                if (System.nanoTime() > end || !pause(wait)) {
                    LOG.log(
                            Level.WARNING,
                            "what became of a command is not written down, and is looked up later: {0}",
                            storeAway.line());
                    return;
                }
                wait = wait.multipliedBy(2).compareTo(SETTLE_AGAIN_MAX) < 0 ? wait.multipliedBy(2) : SETTLE_AGAIN_MAX;
            }
        }
    }

    private static boolean pause(Duration wait) {
        try {
            return !new CountDownLatch(1).await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void publish(List<String> ids) {
        try {
            ids.forEach(id -> broker.publish(QUEUE, id));
        } catch (Failure brokerAway) {
            LOG.log(Level.DEBUG, "commands are left to the sweeper: {0}", brokerAway.line());
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    /** Ready also while SAP is away: it does its work by waiting. */
    @Override
    public Readiness readiness() {
        return gate.closed()
                .map(closed -> new Readiness(
                        true,
                        "commands wait since %s: %s"
                                .formatted(
                                        closed.since(), closed.reason().code().title())))
                .orElse(Readiness.READY);
    }

    /** Takes no more commands; returns when those under way are settled. */
    @Override
    public void close() {
        gate.close();
        if (consumption != null) {
            consumption.close();
        }
        timer.shutdownNow();
    }
}
