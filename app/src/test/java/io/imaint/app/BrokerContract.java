package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.broker.Broker;
import io.imaint.kernel.telemetry.Metered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Goal: whoever publishes or consumes need not know which broker it is. Method: the same tests on each of them. */
abstract class BrokerContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AtomicInteger QUEUES = new AtomicInteger();

    /** Each test has its own. */
    final String queue = "contract-" + QUEUES.incrementAndGet();

    final List<String> consumed = new CopyOnWriteArrayList<>();

    abstract Broker broker();

    final void awaitConsumed(String... messages) {
        await().atMost(LONG).untilAsserted(() -> assertThat(consumed).containsExactlyInAnyOrder(messages));
    }

    final double meter(String name) {
        var registry = new SimpleMeterRegistry();
        ((Metered) broker()).bindTo(registry);
        return registry.get(name).functionCounter().count();
    }

    static void block(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            throw new AssertionError("the consumer was interrupted", ended);
        }
    }

    @Test
    void aMessageIsConsumedOnceWhetherItWasPublishedBeforeOrAfter() {
        broker().publish(queue, "before");
        try (var consumption = broker().consume(queue, 2, consumed::add)) {
            assertThat(consumption).isNotNull();
            awaitConsumed("before");
            broker().publish(queue, "after, and ü");
            awaitConsumed("before", "after, and ü");
        }
        try (var again = broker().consume(queue, 2, consumed::add)) {
            assertThat(again).isNotNull();
            broker().publish(queue, "third");
            awaitConsumed("before", "after, and ü", "third");
        }
    }

    @Test
    void aQueueKeepsToItself() {
        broker().publish(queue + "-other", "of the other");
        broker().publish(queue, "of this");
        try (var consumption = broker().consume(queue, 1, consumed::add)) {
            assertThat(consumption).isNotNull();
            awaitConsumed("of this");
        }
        try (var consumption = broker().consume(queue + "-other", 1, consumed::add)) {
            assertThat(consumption).isNotNull();
            awaitConsumed("of this", "of the other");
        }
    }

    @Test
    void consumersShareTheMessagesAndEachTakesNoMoreThanItsParallel() {
        var go = new CountDownLatch(1);
        var first = ConcurrentHashMap.<String>newKeySet();
        var second = ConcurrentHashMap.<String>newKeySet();
        IntStream.range(0, 10).forEach(message -> broker().publish(queue, "m" + message));
        try (var one = broker().consume(queue, 2, message -> takeAndWait(first, message, go));
                var two = broker().consume(queue, 3, message -> takeAndWait(second, message, go))) {
            assertThat(one).isNotSameAs(two);
            await().atMost(LONG).until(() -> first.size() == 2 && second.size() == 3);
            go.countDown();
            await().atMost(LONG).until(() -> first.size() + second.size() == 10);
        }
        assertThat(first).doesNotContainAnyElementsOf(second);
    }

    private static void takeAndWait(Set<String> taken, String message, CountDownLatch go) {
        taken.add(message);
        block(go);
    }

    @Test
    void whatFailsComesAgainAndSucceeds() {
        try (var consumption = broker().consume(queue, 2, message -> {
            consumed.add(message);
            if (consumed.size() < 3) {
                throw new IllegalStateException("failed " + consumed.size() + " times");
            }
        })) {
            assertThat(consumption).isNotNull();
            broker().publish(queue, "try");
            awaitConsumed("try", "try", "try");
        }
    }

    @Test
    void whatAlwaysFailsIsADeadLetterAndHoldsNothingUp() {
        double before = meter("imaint.broker.dead.letters");
        try (var consumption = broker().consume(queue, 1, message -> {
            consumed.add(message);
            if (message.equals("poison")) {
                throw new AssertionError("always");
            }
        })) {
            assertThat(consumption).isNotNull();
            broker().publish(queue, "poison");
            broker().publish(queue, "good");
            awaitConsumed("poison", "poison", "poison", "poison", "poison", "good");
            await().atMost(LONG).until(() -> meter("imaint.broker.dead.letters") == before + 1);
        }
        deadLetter("poison");
    }

    /** Looks where dead letters are kept. */
    abstract void deadLetter(String message);

    @Test
    void closingWaitsForTheMessageUnderWay() {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var consumption = broker().consume(queue, 1, message -> {
            begun.countDown();
            block(go);
            consumed.add(message);
        });
        broker().publish(queue, "under way");
        broker().publish(queue, "after it");
        block(begun);
        var closing = Thread.ofVirtual().start(consumption::close);
        await().until(() ->
                closing.getState() == Thread.State.TIMED_WAITING || closing.getState() == Thread.State.WAITING);
        assertThat(consumed).isEmpty();
        go.countDown();
        await().atMost(LONG).until(() -> !closing.isAlive());
        assertThat(consumed).containsExactly("under way");
        try (var next = broker().consume(queue, 1, consumed::add)) {
            assertThat(next).isNotNull();
            awaitConsumed("under way", "after it");
        }
    }

    @Test
    void manyPublishersAndConsumersLoseNothing() throws InterruptedException {
        int messages = 3_000;
        var got = ConcurrentHashMap.<String>newKeySet();
        try (var one = broker().consume(queue, 16, got::add);
                var two = broker().consume(queue, 16, got::add)) {
            assertThat(one).isNotSameAs(two);
            var publishers = IntStream.range(0, 30)
                    .mapToObj(publisher -> Thread.ofVirtual()
                            .start(() -> IntStream.range(0, messages / 30)
                                    .forEach(each -> broker().publish(queue, publisher + "-" + each))))
                    .toList();
            for (var publisher : publishers) {
                publisher.join();
            }
            await().atMost(LONG).until(() -> got.size() == messages);
        }
    }
}
