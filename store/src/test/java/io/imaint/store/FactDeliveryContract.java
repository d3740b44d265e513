package io.imaint.store;

import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.imaint.store.Documents.Change;
import io.imaint.store.FactContract.PartScrapped;
import io.imaint.store.FactWorker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every engine brings facts to their consumers, however these fail and however long they take. */
interface FactDeliveryContract {
    Store store();

    Documents<Document> parts();

    void pass(Duration time);

    /** The time of the store. */
    Instant now();

    private List<StoredFact> logged() {
        return FactContract.logged(store());
    }

    private FactDelivery delivery(String consumer, FactConsumer calls) {
        return new FactDelivery(store(), consumer, calls, this::now);
    }

    @Test
    default void deliversFactsInOrderToEachConsumerOnce() {
        for (int i = 0; i < 250; i++) {
            parts().insert(part("p" + i), new PartScrapped(i));
        }
        int all = logged().size();
        for (var consumer : List.of("one", "two")) {
            var taken = new ArrayList<StoredFact>();
            var delivery = delivery(consumer, taken::addAll);
            while (delivery.deliver() == Outcome.MOVED) {
                // The next batch.
            }
            assertThat(taken).hasSize(all).isEqualTo(store().facts().after(0, 1_000));
            assertThat(delivery(consumer, facts -> taken.clear()).deliver()).isEqualTo(Outcome.NOTHING_NEW);
        }
    }

    @Test
    default void wakesAConsumerAtOnce() {
        var taken = new ConcurrentLinkedQueue<String>();
        try (var subscription =
                store().facts().subscribe("awake", facts -> facts.forEach(fact -> taken.add(fact.key())))) {
            assertThat(subscription).isNotNull();
            parts().insert(part("1"), new PartScrapped(1));
            await().untilAsserted(() -> assertThat(taken).containsExactly("1"));
            parts().insert(part("2"), new PartScrapped(2));
            await().untilAsserted(() -> assertThat(taken).containsExactly("1", "2"));
        }
    }

    @Test
    default void passesAPoisonedFactOverAfterSomeAttemptsAndKeepsIt() {
        for (var key : List.of("1", "2", "3")) {
            parts().insert(part(key), new PartScrapped(1));
        }
        logged();
        var taken = new ArrayList<String>();
        var delivery = delivery("picky", facts -> {
            if (facts.stream().anyMatch(fact -> fact.key().equals("2"))) {
                throw new IllegalStateException("cannot digest it");
            }
            facts.forEach(fact -> taken.add(fact.key()));
        });
        for (int attempt = 1; attempt < FactDelivery.ATTEMPTS_MAX; attempt++) {
            assertThatThrownBy(delivery::deliver).hasMessage("cannot digest it");
        }
        assertThat(delivery.deliver()).isEqualTo(Outcome.MOVED);
        assertThat(taken).containsExactly("1", "3");
        var letters = store().documents(FactDeadLetter.TYPE)
                .list(Query.where(Condition.ALL))
                .values();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.fact().key()).isEqualTo("2");
            assertThat(letter.reason()).contains("cannot digest it");
        });
    }

    @Test
    default void givesADeadLetterAgainWhenSomebodyAsks() {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var mood = new AtomicReference<@Nullable RuntimeException>(new IllegalStateException("cannot digest it"));
        var taken = new ArrayList<String>();
        var delivery = delivery("moody", facts -> {
            var thrown = mood.get();
            if (thrown != null) {
                throw thrown;
            }
            facts.forEach(fact -> taken.add(fact.key()));
        });
        for (int attempt = 1; attempt < FactDelivery.ATTEMPTS_MAX; attempt++) {
            assertThatThrownBy(delivery::deliver).hasMessage("cannot digest it");
        }
        delivery.deliver();
        assertThat(delivery.deliver()).as("nobody asked").isEqualTo(Outcome.NOTHING_NEW);

        var letters = store().documents(FactDeadLetter.TYPE);
        var id = letters.list(Query.where(Condition.ALL)).items().getFirst().key();
        mood.set(new IllegalStateException("nor today"));
        letters.update(id, found -> Change.of(found.value().replayed(now())));
        assertThat(delivery("other", facts -> {}).deliver()).isEqualTo(Outcome.MOVED);
        assertThat(delivery("other", facts -> {}).deliver())
                .as("it is another's letter")
                .isEqualTo(Outcome.NOTHING_NEW);
        assertThat(delivery.deliver()).isEqualTo(Outcome.MOVED);
        assertThat(letters.find(id).orElseThrow().value().reason()).contains("nor today");
        assertThat(delivery.deliver()).as("it waits again").isEqualTo(Outcome.NOTHING_NEW);

        letters.update(id, found -> Change.of(found.value().replayed(now())));
        mood.set(StoreProblem.STORE_UNREACHABLE.because("for a while"));
        assertThatThrownBy(delivery::deliver).hasMessageContaining("for a while");
        mood.set(null);
        assertThat(delivery.deliver()).isEqualTo(Outcome.MOVED);
        assertThat(taken).containsExactly("1");
        assertThat(letters.count(Condition.ALL)).isZero();
    }

    @Test
    default void keepsOtherProcessesOffAConsumerThatTakesLongerThanItsLease() throws Exception {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var life = Duration.ofMillis(1_500);
        var taken = new ConcurrentLinkedQueue<String>();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var slow = new FactDelivery(
                store(),
                "slow",
                facts -> {
                    begun.countDown();
                    try {
                        assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
                    } catch (InterruptedException stopped) {
                        throw new AssertionError(stopped);
                    }
                    taken.add("slow");
                },
                this::now,
                life);
        var other = new FactDelivery(store(), "slow", facts -> taken.add("other"), this::now, life);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = threads.submit(slow::deliver);
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            for (int i = 0; i < 4; i++) { // More than the life of the lease in all, with its renewals in between.
                pass(life.dividedBy(2));
                await().pollDelay(life.multipliedBy(2).dividedBy(3))
                        .untilAsserted(() -> assertThat(other.deliver()).isEqualTo(Outcome.ELSEWHERE));
            }
            end.countDown();
            assertThat(working.get(1, TimeUnit.MINUTES)).isEqualTo(Outcome.MOVED);
        }
        assertThat(other.deliver()).isEqualTo(Outcome.NOTHING_NEW);
        assertThat(taken).containsExactly("slow");
    }

    @Test
    default void goesOnAfterAnErrorOfTheConsumer() {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var delivery = delivery("recursive", facts -> {
            throw new StackOverflowError("too deep");
        });
        for (int attempt = 1; attempt < FactDelivery.ATTEMPTS_MAX; attempt++) {
            assertThatThrownBy(delivery::deliver).hasMessage("too deep");
        }
        assertThat(delivery.deliver()).isEqualTo(Outcome.MOVED);
        assertThat(store().documents(FactDeadLetter.TYPE).count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    default void triesAgainWithoutAnEndWhatMayPass() {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var taken = new ArrayList<String>();
        var failures = new ArrayList<Integer>();
        var delivery = delivery("patient", facts -> {
            if (failures.size() < 3 * FactDelivery.ATTEMPTS_MAX) {
                failures.add(1);
                throw StoreProblem.STORE_UNREACHABLE.because("for a while");
            }
            facts.forEach(fact -> taken.add(fact.key()));
        });
        for (int i = 0; i < 3 * FactDelivery.ATTEMPTS_MAX; i++) {
            assertThatThrownBy(delivery::deliver).hasMessageContaining("for a while");
        }
        delivery.deliver();
        assertThat(taken).containsExactly("1");
    }
}
