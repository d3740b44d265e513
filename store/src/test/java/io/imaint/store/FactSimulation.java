package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import io.imaint.kernel.facts.Fact;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.FactWorker.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever process dies whenever, each acknowledged write's fact reaches the log and a consumer, once in effect, and
 * in the order of its document's revisions. Method: processes write, relay and deliver; each dies at a random message to
 * the server, or inside its consumer; then the next goes on with what is durable. Limits: real processes are killed in
 * {@link SqliteDurabilityIT}.
 */
@Timeout(300)
class FactSimulation {
    private static final int PROCESSES = 4;
    private static final int STEPS = 40;

    record Step(int number) implements Fact {}

    /** A process died inside of a consumer. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    private volatile long millis = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis);

    /** The steps that were acknowledged, and those whose process may have died before it heard of them. */
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());

    private final List<Integer> attempted = Collections.synchronizedList(new ArrayList<>());

    /** What the consumer did, by the facts' ids. */
    private final Map<String, StoredFact> taken = Collections.synchronizedMap(new LinkedHashMap<>());

    private int steps;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("imaint.seeds", 3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesAndDoublesNoFactOnMongo(int seed) throws Exception {
        var random = new Random(seed);
        var server = new MongoServer(new MemoryMongo());
        try {
            int port = server.bind().getPort();
            for (int process = 0; process < PROCESSES; process++) {
                try (var wire = new CutWire(port, 15 + random.nextInt(150), random.nextBoolean())) {
                    var store = MongoStore.open("mongodb://127.0.0.1:" + wire.port() + "/facts", clock);
                    var work = new Random(random.nextLong());
                    Thread.ofVirtual().start(() -> {
                        try {
                            run(store, work);
                        } catch (RuntimeException | Died dead) {
                            // Nobody is there to notice.
                        } finally {
                            wire.end();
                        }
                    });
                    wire.cut().await();
                    Thread.ofVirtual().start(store::close);
                }
                pass();
            }
            try (var store = MongoStore.open("mongodb://127.0.0.1:" + port + "/facts", clock)) {
                while (store.factRelay().relay() != Outcome.NOTHING_NEW) {
                    // The next round.
                }
                assertComplete(store);
            }
        } finally {
            server.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesAndDoublesNoFactOnSqlite(int seed, @TempDir Path directory) {
        var random = new Random(seed);
        for (int process = 0; process < PROCESSES; process++) {
            try (var store = SqliteStore.open(directory, clock)) {
                run(store, random);
            } catch (Died dead) {
                // The next process goes on.
            }
            pass();
        }
        try (var store = SqliteStore.open(directory, clock)) {
            assertComplete(store);
        }
    }

    /** Leases and ranges of a dead process run out. */
    private void pass() {
        long before = millis; // Only the test itself passes time.
        millis = before + Duration.ofMinutes(5).toMillis();
    }

    private void run(Store store, Random random) {
        var delivery = new FactDelivery(
                store,
                "simulated",
                facts -> {
                    if (random.nextInt(12) == 0) {
                        throw new Died();
                    }
                    facts.forEach(fact -> taken.putIfAbsent(fact.id(), fact));
                    if (random.nextInt(12) == 0) {
                        throw new Died();
                    }
                },
                clock);
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(6) == 0) {
                delivery.deliver();
            } else {
                write(store.documents(random.nextBoolean() ? PARTS : NOTES), random);
            }
        }
    }

    private void write(Documents<Document> documents, Random random) {
        int number = ++steps;
        var key = "k" + random.nextInt(3);
        attempted.add(number);
        var standing = documents.find(key);
        boolean done;
        if (standing.isEmpty()) {
            done = documents.insert(part(key).put("n", number), new Step(number)) instanceof Written.Done;
        } else if (random.nextInt(4) == 0) {
            done = documents.remove(key, standing.get().rev(), new Step(number));
        } else {
            done = documents
                    .update(key, found -> Change.of(part(key).put("n", number), new Step(number)))
                    .isPresent();
        }
        assertThat(done).isTrue();
        acknowledged.add(number);
    }

    private void assertComplete(Store store) {
        var delivery = new FactDelivery(
                store, "simulated", facts -> facts.forEach(fact -> taken.putIfAbsent(fact.id(), fact)), clock);
        while (delivery.deliver() == Outcome.MOVED) {
            // The next batch.
        }
        var log = store.facts().after(0, Query.LIMIT_MAX);
        var numbers = log.stream().map(FactSimulation::number).toList();
        assertThat(numbers).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(attempted).containsAll(numbers);
        assertThat(taken.values()).extracting(FactSimulation::number).containsExactlyElementsOf(numbers);
        var byDocument = new LinkedHashMap<String, List<Integer>>();
        log.forEach(fact -> byDocument
                .computeIfAbsent(fact.collection() + "/" + fact.key(), none -> new ArrayList<>())
                .add(number(fact)));
        assertThat(byDocument.values()).allSatisfy(each -> assertThat(each).isSorted());
        for (var type : List.of(PARTS, NOTES)) { // Each standing document's last write is in the log.
            store.documents(type)
                    .list(Query.where(Condition.ALL))
                    .values()
                    .forEach(document -> assertThat(numbers)
                            .contains(Math.toIntExact(document.integer("n").orElseThrow())));
        }
    }

    private static int number(StoredFact fact) {
        return Math.toIntExact((Long) Objects.requireNonNull(fact.data().get("number")));
    }
}
