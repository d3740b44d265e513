package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CutStore.Died;
import io.imaint.store.CutStore.Life;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxProblem;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.outbox.OutboxQueue.Claimed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever people, consumers and dying processes do in whatever order, SAP carries out each accepted command at most
 * once and in the order of its object, and no item is left without a way on. Method: random steps by processes that die
 * after a random write, before or after SAP did its part; after each step the outbox is compared with SAP's journal. Limits:
 * one step at a time; acceptors and consumers race in {@link OutboxContract}.
 */
@Timeout(300)
class OutboxSimulation {
    private static final int PROCESSES = 12;
    private static final int STEPS = 40;

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final Map<String, String> journal = new LinkedHashMap<>();
    private Random random = new Random();

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("imaint.seeds", 3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsOrderAndPostsOnceOnSqlite(int seed, @TempDir Path directory) {
        try (var store = SqliteStore.open(directory, () -> now)) {
            simulate(store, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsOrderAndPostsOnceOnMongo(int seed) {
        var server = new MongoServer(new MemoryMongo());
        try {
            int port = server.bind().getPort();
            try (var store = MongoStore.open("mongodb://127.0.0.1:" + port + "/outbox", () -> now)) {
                simulate(store, seed);
            }
        } finally {
            server.shutdownNow();
        }
    }

    private void simulate(Store store, int seed) {
        random = new Random(seed);
        for (int process = 0; process < PROCESSES; process++) {
            try {
                var mortal = CutStore.of(store, new Life(1 + random.nextInt(3 * STEPS)));
                for (int i = 0; i < STEPS; i++) {
                    step(mortal);
                    assertSound(store, false);
                }
            } catch (Died dead) {
                assertSound(store, false);
            }
            now = now.plus(Duration.ofMinutes(random.nextInt(6)));
        }
        now = now.plus(Duration.ofMinutes(5));
        OutboxWork.recover(new OutboxQueue(store, () -> now));
        assertSound(store, true);
        finish(store);
    }

    private void step(Store store) {
        var outbox = new Outbox(store, () -> now);
        var queue = new OutboxQueue(store, () -> now);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> accept(store, outbox);
            case 3, 4, 5 -> {
                var due = queue.due(5);
                if (!due.isEmpty()) {
                    queue.claim(due.get(random.nextInt(due.size())), "p").ifPresent(claimed -> send(queue, claimed));
                }
            }
            case 6 -> decide(store, outbox, random.nextInt(3) == 0);
            case 7 -> any(all(store)).ifPresent(item -> discard(outbox, item));
            case 8 -> {
                var unused = queue.recover();
            }
            default -> now = now.plusSeconds(random.nextInt(40));
        }
    }

    private <T> Optional<T> any(List<T> of) {
        return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random.nextInt(of.size())));
    }

    private void accept(Store store, Outbox outbox) {
        var objects = all(store).stream().filter(OutboxSimulation::creates).toList();
        var references = random.nextInt(3) == 0 && !objects.isEmpty()
                ? Map.of("superiorOrder", any(objects).orElseThrow().id())
                : Map.<String, String>of();
        boolean follows = random.nextInt(4) > 0 && !objects.isEmpty();
        var order = follows ? any(objects).orElseThrow() : null;
        var name = order == null ? null : random.nextBoolean() ? order.id() : order.number();
        var draft = new Draft(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                order == null ? Command.CREATE_ORDER : Command.CHANGE_ORDER,
                "WorkOrders",
                name,
                "1000",
                name,
                new Document(),
                new Document(),
                references);
        try {
            var stored = outbox.accept(draft, OutboxWork.HECTOR);
            assertThat(outbox.accept(draft, OutboxWork.HECTOR).value().sequence())
                    .isEqualTo(stored.value().sequence());
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(OutboxProblem.OUTBOX_PREDECESSOR_DISCARDED);
        }
    }

    private static boolean creates(OutboxItem item) {
        return item.command() == Command.CREATE_ORDER;
    }

    /** What a consumer does: it asks SAP first where it is not certain. */
    private void send(OutboxQueue queue, Claimed claimed) {
        var item = claimed.item();
        assertThat(claimed.numbers().keySet())
                .isEqualTo(item.request().references().keySet());
        if (!journal.containsKey(item.id())) {
            if (random.nextInt(6) == 0) {
                queue.failed(claimed, Outcome.words("1", "refused", null));
                return;
            }
            if (random.nextInt(6) == 0) {
                queue.later(claimed, Outcome.words("2", "down", null), false, Duration.ofSeconds(20));
                return;
            }
            carriedOut(item);
        } else {
            assertThat(item.uncertain())
                    .as("SAP has %s, who sends it again without asking?", item)
                    .isTrue();
        }
        switch (random.nextInt(5)) {
            case 0 -> throw new Died();
            case 1 -> queue.later(claimed, Outcome.words("3", "no answer", null), true, Duration.ofSeconds(20));
            default ->
                queue.posted(
                        claimed, new Outcome(Objects.requireNonNull(journal.get(item.id())), null, null, null, null));
        }
    }

    private void carriedOut(OutboxItem item) {
        var number = creates(item) ? "%012d".formatted(journal.size()) : item.number();
        assertThat(journal.put(item.id(), number)).as("once").isNull();
        if (!creates(item)) {
            assertThat(item.number()).as("SAP knows numbers only: %s", item).hasSize(12);
        }
    }

    /** A person retries or discards what is stuck. */
    private void decide(Store store, Outbox outbox, boolean discard) {
        var stuck = all(store).stream().filter(item -> item.state().stuck()).toList();
        any(stuck).ifPresent(item -> {
            if (discard) {
                discard(outbox, item);
            } else {
                retry(outbox, item);
            }
        });
    }

    private static void discard(Outbox outbox, OutboxItem item) {
        attempt(outbox, item, rev -> outbox.discard(item.id(), rev, "not needed", OutboxWork.HECTOR));
    }

    private static void retry(Outbox outbox, OutboxItem item) {
        attempt(outbox, item, rev -> outbox.retry(item.id(), rev, Map.of(), OutboxWork.HECTOR));
    }

    private static void attempt(Outbox outbox, OutboxItem item, LongConsumer step) {
        try {
            step.accept(outbox.find(item.id(), OutboxWork.HECTOR).orElseThrow().rev());
        } catch (Failure refused) {
            assertThat(refused.code())
                    .isIn(OutboxProblem.OUTBOX_STEP_FORBIDDEN, OutboxProblem.OUTBOX_PREDECESSOR_DISCARDED);
        }
    }

    private static List<OutboxItem> all(Store store) {
        return store.documents(OutboxItem.TYPE)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values();
    }

    /** @param recovered whether everybody has recovered since the last process died */
    private void assertSound(Store store, boolean recovered) {
        var items = all(store);
        var byId = items.stream().collect(Collectors.toMap(OutboxItem::id, item -> item));
        var streams = new HashMap<String, List<OutboxItem>>();
        items.forEach(item -> streams.computeIfAbsent(item.stream(), none -> new ArrayList<>())
                .add(item));
        var order = List.copyOf(journal.keySet());
        for (var stream : streams.values()) {
            stream.sort(Comparator.comparingLong(OutboxItem::sequence));
            assertThat(stream).extracting(OutboxItem::sequence).doesNotHaveDuplicates();
            assertThat(stream.stream().filter(item -> item.state() == State.SENDING))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(stream.stream().map(item -> order.indexOf(item.id())).filter(place -> place >= 0))
                    .as("SAP's order")
                    .isSorted();
        }
        for (var item : items) {
            if (item.state() == State.POSTED) {
                assertThat(journal).containsKey(item.id());
            } else if (journal.containsKey(item.id())) {
                assertThat(item.uncertain() || item.state() == State.SENDING)
                        .as("%s", item)
                        .isTrue();
            }
            assertWayOn(item, byId, recovered);
        }
    }

    private static void assertWayOn(OutboxItem item, Map<String, OutboxItem> byId, boolean recovered) {
        var awaited = item.waitsFor() == null ? null : byId.get(item.waitsFor());
        switch (item.state()) {
            case SENDING -> assertThat(item.claim()).isNotNull();
            case QUEUED ->
                assertThat(item.dueAt() != null ^ awaited != null)
                        .as("%s", item)
                        .isTrue();
            case HELD -> assertThat(awaited).as("%s", item).isNotNull();
            case FAILED, POSTED, DISCARDED -> assertThat(item.waitsFor()).isNull();
        }
        if (recovered && awaited != null) {
            var because = item.state() == State.HELD
                    ? Set.of(State.FAILED, State.HELD, State.DISCARDED)
                    : Set.of(State.QUEUED, State.SENDING);
            assertThat(because).as("%s waits for %s", item, awaited).contains(awaited.state());
        }
    }

    /** People retry what can be retried and discard the rest, SAP is well, and everything comes to its end. */
    private void finish(Store store) {
        var outbox = new Outbox(store, () -> now);
        var queue = new OutboxQueue(store, () -> now);
        for (int round = 0; round < 1_000; round++) {
            now = now.plusSeconds(30);
            for (var id : queue.due(100)) {
                queue.claim(id, "p").ifPresent(claimed -> {
                    var item = claimed.item();
                    if (!journal.containsKey(id)) {
                        carriedOut(item);
                    }
                    queue.posted(claimed, new Outcome(Objects.requireNonNull(journal.get(id)), null, null, null, null));
                });
            }
            var open =
                    all(store).stream().filter(item -> !item.state().settled()).toList();
            if (open.isEmpty()) {
                break;
            }
            open.stream().filter(item -> item.state().stuck()).forEach(item -> {
                retry(outbox, item);
                if (outbox.find(item.id(), OutboxWork.HECTOR)
                                .orElseThrow()
                                .value()
                                .state()
                                .stuck()
                        && random.nextInt(5) == 0) {
                    discard(outbox, item);
                }
            });
        }
        assertThat(all(store))
                .allSatisfy(item ->
                        assertThat(item.state().settled()).as("%s", item).isTrue());
        assertSound(store, true);
    }
}
