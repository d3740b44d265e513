package io.imaint.store;

import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Measures the embedded engine: acknowledged writes beside a bare append and sync of the same bytes, the bulk load of
 * orders, and the lists that people look at. Arguments: a directory (made, and left behind) and the number of orders.
 */
final class StoreBenchmark {
    private static final int ROUNDS = 3;
    private static final int WRITES = 3_000;
    private static final int BATCH = 10_000;
    private static final int QUESTIONS = 100;
    private static final CollectionType<Document> SINGLE = CollectionType.ofDocuments("Single", "id")
            .index("status")
            .unscoped("a benchmark")
            .inChangeSequence();

    private static final PrintStream OUT = System.out;

    /** One of many like it. */
    interface Work {
        void run(int number);
    }

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        int orders = Integer.parseInt(arguments[1]);
        try (var store = SqliteStore.open(directory, InstantSource.system())) {
            if (store.documents(Replicas.WORK_ORDERS).count(Condition.ALL) == 0) {
                writes(store, directory);
                load(store, orders);
            }
            lists(store.documents(Replicas.WORK_ORDERS), orders);
        }
    }

    private static void writes(Store store, Path directory) throws Exception {
        var documents = store.documents(SINGLE);
        for (int writers : new int[] {1, 16}) {
            var ours = new double[ROUNDS];
            var bare = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                var prefix = writers + "-" + round + "-";
                ours[round] = perSecond(WRITES, writers, i -> documents.insert(order(i).put("id", prefix + i)));
                bare[round] = bare(directory.resolve("bare"));
            }
            OUT.printf(
                    "acknowledged writes, %d writers: %.0f/s; bare append+fdatasync, 1 writer: %.0f/s%n",
                    writers, median(ours), median(bare));
        }
    }

    private static double perSecond(int times, int threads, Work work) throws Exception {
        long start = System.nanoTime();
        StoreContract.inParallel(threads, first -> {
            for (int i = first; i < times; i += threads) {
                work.run(i);
            }
            return null;
        });
        return times * 1e9 / (System.nanoTime() - start);
    }

    private static double bare(Path file) throws IOException {
        Files.deleteIfExists(file);
        long start = System.nanoTime();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < WRITES; i++) {
                channel.write(ByteBuffer.wrap(Jsonb.write(order(i))));
                channel.force(false);
            }
        }
        return WRITES * 1e9 / (System.nanoTime() - start);
    }

    private static void load(Store store, int orders) {
        var documents = store.documents(Replicas.WORK_ORDERS);
        long start = System.nanoTime();
        long last = start;
        for (int from = 0; from < orders; from += BATCH) {
            var batch = new ArrayList<Document>(BATCH);
            for (int i = from; i < Math.min(orders, from + BATCH); i++) {
                batch.add(order(i));
            }
            documents.upsertAll(batch);
            if ((from + BATCH) % 100_000 == 0) {
                long now = System.nanoTime();
                OUT.printf("  %d orders, %.0f/s%n", from + BATCH, 100_000 * 1e9 / (now - last));
                last = now;
            }
        }
        OUT.printf(
                "bulk upsert: %d orders of %d bytes, %.0f/s%n",
                orders, Jsonb.write(order(1)).length, orders * 1e9 / (System.nanoTime() - start));
        long again = System.nanoTime();
        documents.upsertAll(java.util.stream.IntStream.range(0, Math.min(orders, 20_000))
                .mapToObj(StoreBenchmark::order)
                .toList());
        OUT.printf("unchanged upsert: %.0f/s%n", Math.min(orders, 20_000) * 1e9 / (System.nanoTime() - again));
    }

    private static void lists(Documents<Document> orders, int many) {
        Map<String, IntFunction<Query>> questions = new LinkedHashMap<>();
        questions.put("all by basicStart", i -> Query.where(Condition.ALL).sorted("basicStart", i % 2 == 0));
        questions.put("plant", i -> byStart(plant(i)));
        questions.put(
                "plant+status", i -> byStart(Condition.and(plant(i), Condition.equal("lifecycleStatus", status(i)))));
        questions.put("status", i -> byStart(Condition.equal("lifecycleStatus", status(i))));
        questions.put("work center", i -> byStart(Condition.equal("workCenter", "WC" + i % 200)));
        questions.put(
                "equipment",
                i -> byStart(Condition.equal("equipment", "%018d".formatted(10_000_000 + i * 7 % 50_000))));
        questions.put(
                "type+plant", i -> byStart(Condition.and(plant(i), Condition.equal("orderType", "PM0" + (1 + i % 5)))));
        questions.put(
                "plant+dates",
                i -> byStart(Condition.and(plant(i), new Condition.Range("basicStart", day(i * 3), day(i * 3 + 7)))));
        questions.put("dates", i -> byStart(new Condition.Range("basicStart", day(i * 3), day(i * 3 + 7))));
        questions.put(
                "priority+plant", i -> byStart(Condition.and(plant(i), Condition.equal("priority", "" + (1 + i % 4)))));
        questions.put("text number", i -> byStart(new Condition.Text("" + (4_000_000 + i * 31))));
        questions.put("text word+plant", i -> byStart(Condition.and(plant(i), new Condition.Text("pump seal"))));
        questions.put(
                "plant+4 statuses",
                i -> byStart(Condition.and(
                        plant(i), new Condition.In("lifecycleStatus", List.of("CRTD", "REL", "PCNF", "CNF")))));
        questions.forEach((name, question) -> {
            var plain = times(i -> orders.list(question.apply(i).limit(50)));
            var counted = times(i -> orders.count(question.apply(i).where()));
            OUT.printf(
                    "%-20s list p50 %7.2f p99 %7.2f ms   count p50 %7.2f p99 %7.2f ms  (%d found)%n",
                    name,
                    plain[0],
                    plain[1],
                    counted[0],
                    counted[1],
                    orders.count(question.apply(1).where()));
        });
        OUT.printf("of %d orders%n", many);
    }

    private static Query byStart(Condition where) {
        return Query.where(where).sorted("basicStart", false);
    }

    private static double[] times(Work question) {
        var p50 = new double[ROUNDS];
        var p99 = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            var times = new double[QUESTIONS];
            for (int i = 0; i < QUESTIONS; i++) {
                long start = System.nanoTime();
                question.run(i + 1);
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(times);
            p50[round] = times[QUESTIONS / 2];
            p99[round] = times[QUESTIONS * 99 / 100];
        }
        return new double[] {median(p50), median(p99)};
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Condition plant(int i) {
        return Condition.equal("plant", "P" + i % 20);
    }

    private static String status(int i) {
        return List.of("CRTD", "REL", "PCNF", "CNF", "TECO", "CLSD").get(i % 6);
    }

    private static String day(int i) {
        return LocalDate.of(2023, 1, 1).plusDays(i % 1_400).toString();
    }

    /** An order whose fields are spread like a plant's: most are closed, plants differ in size. */
    static Document order(int i) {
        var random = new Random(i * 31L);
        int plant = Math.min(random.nextInt(20), random.nextInt(30));
        var status = random.nextInt(10) < 7 ? "CLSD" : status(random.nextInt(6));
        var number = "%012d".formatted(4_000_000 + i);
        var start = day(random.nextInt(1_400));
        var words =
                List.of("pump", "seal", "motor", "bearing", "valve", "leak", "noise", "inspection", "belt", "filter");
        var document = new Document()
                .put("id", number)
                .put("orderNumber", number)
                .put("orderType", "PM0" + (1 + random.nextInt(5)))
                .put(
                        "description",
                        words.get(random.nextInt(10)) + " " + words.get(random.nextInt(10)) + " line " + i % 97)
                .put("plant", "P" + plant)
                .put("maintenancePlanningPlant", "P" + plant)
                .put("plannerGroup", "G" + random.nextInt(30))
                .put("workCenter", "WC" + (plant * 10 + random.nextInt(10)))
                .put("priority", "" + (1 + random.nextInt(4)))
                .put("lifecycleStatus", status)
                .put("systemStatuses", List.of(status, "PRC", "NMAT", "SETC"))
                .put("equipment", "%018d".formatted(10_000_000 + random.nextInt(50_000)))
                .put("functionalLocation", "P%d-A%02d-B%03d".formatted(plant, random.nextInt(40), random.nextInt(200)))
                .put("notification", random.nextInt(3) == 0 ? null : "%012d".formatted(random.nextInt(900_000)))
                .put("basicStart", start)
                .put("basicEnd", start)
                .put("actualStart", null)
                .put("totalCosts", java.math.BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                .put("currency", "EUR")
                .put("createdBy", "USER" + random.nextInt(500))
                .put("createdAt", start + "T08:00:00.000Z")
                .put("changedAt", start + "T09:30:00.000Z");
        return document.put("longText", "x".repeat(300));
    }
}
