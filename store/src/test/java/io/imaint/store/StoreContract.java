package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.Documents.Written;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do; run on each. */
abstract class StoreContract {
    static final CollectionType<Document> PARTS = CollectionType.ofDocuments("Parts", "id")
            .index("plant", "status")
            .index("status")
            .index("amount")
            .index("number")
            .index("due")
            .index("flag")
            .searched("text", "tags", "number")
            .inChangeSequence();

    static final CollectionType<Document> USERS = CollectionType.ofDocuments("Users", "id")
            .unique("mail")
            .unique("system", "login")
            .unique("size");

    static final CollectionType<Document> NOTES = CollectionType.ofDocuments("Notes", "id");

    private static final Duration LIFE = Duration.ofSeconds(30);

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    final InstantSource clock = now::get;
    private Store store;
    private Documents<Document> parts;

    abstract Store open(InstantSource clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
        parts = store.documents(PARTS);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    Store store() {
        return store;
    }

    static Document part(String id) {
        return new Document().put("id", id);
    }

    static List<String> keys(Page<Document> page) {
        return page.items().stream().map(Stored::key).toList();
    }

    static void assertProblem(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void findsNothingInANewStore() {
        assertThat(parts.find("1")).isEmpty();
        assertThat(parts.list(Query.where(Condition.ALL)).items()).isEmpty();
        assertThat(parts.count(Condition.ALL)).isZero();
        assertThat(parts.changesAfter(0, 10)).isEmpty();
        assertThat(parts.bounds("status", Condition.ALL)).isEmpty();
        assertThat(parts.countBy("status", Condition.ALL)).isEmpty();
        assertThat(store.position()).isZero();
    }

    @Test
    void keepsEveryKindOfValueAsItWas() {
        var document = part("fidelity")
                .put("text", "Größe 漢字 \"quoted\" \\ \n\t 😀")
                .put("empty", "")
                .put("nothing", null)
                .put("yes", true)
                .put("no", false)
                .put("long", Long.MAX_VALUE)
                .put("least", Long.MIN_VALUE)
                .put("beyondDouble", (1L << 53) + 1)
                .put("scaled", new BigDecimal("2.10"))
                .put("whole", new BigDecimal("5"))
                .put("huge", new BigDecimal("12345678901234567890.123456789"))
                .put("tiny", new BigDecimal("0.00"))
                .put("negative", new BigDecimal("-1E-10"))
                .put("power", new BigDecimal("1E+3"))
                .put("date", LocalDate.of(2026, 2, 28))
                .put("time", LocalTime.of(7, 5))
                .put("instant", Instant.parse("2026-02-28T23:59:59.120Z"))
                .put("list", List.of("a", 1L, List.of(), new BigDecimal("0.50")))
                .put("nested", new Document().put("a.b", "dot").put("$c", 1).put("d%", new Document().put("e", null)))
                .put("long text", "x".repeat(100_000))
                .put("bytes 300", "y".repeat(300));
        parts.upsertAll(List.of(document));

        var kept = parts.find("fidelity").orElseThrow().value();
        assertThat(kept).isEqualTo(document);
        assertThat(kept.fields().keySet())
                .containsExactlyElementsOf(document.fields().keySet());
        assertThat(kept.has("nothing")).isTrue();
        assertThat(kept.has("absent")).isFalse();
        assertThat(kept.instant("instant")).contains(Instant.parse("2026-02-28T23:59:59.120Z"));
    }

    @Test
    void insertsOnlyWhatIsNotThere() {
        var first = parts.insert(part("1").put("status", "REL"));
        assertThat(first).isInstanceOfSatisfying(Written.Done.class, done -> {
            assertThat(done.stored().rev()).isEqualTo(1);
            assertThat(done.stored().position()).isEqualTo(1);
        });
        var second = parts.insert(part("1").put("status", "CRTD"));
        assertThat(second)
                .isEqualTo(new Written.Lost<>(
                        Optional.of(new Stored<>("1", 1, 1, part("1").put("status", "REL")))));
    }

    @Test
    void replacesOnlyTheRevisionNamed() {
        parts.insert(part("1").put("n", 1));
        assertThat(parts.replace(part("1").put("n", 2), 1))
                .isEqualTo(new Written.Done<>(new Stored<>("1", 2, 2, part("1").put("n", 2))));
        assertThat(parts.replace(part("1").put("n", 3), 1))
                .isEqualTo(new Written.Lost<>(
                        Optional.of(new Stored<>("1", 2, 2, part("1").put("n", 2)))));
        assertThat(parts.replace(part("2"), 1)).isEqualTo(new Written.Lost<>(Optional.empty()));
    }

    @Test
    void leavesAnUnchangedDocumentAlone() {
        parts.insert(part("1").put("n", 1));
        assertThat(parts.replace(part("1").put("n", 1), 1))
                .isEqualTo(new Written.Done<>(new Stored<>("1", 1, 1, part("1").put("n", 1))));
        assertThat(parts.upsertAll(List.of(part("1").put("n", 1)))).isEqualTo(new Upserted(0, 0, 1));
        assertThat(parts.find("1")).contains(new Stored<>("1", 1, 1, part("1").put("n", 1)));
        assertThat(store.position()).isEqualTo(1);
        assertThat(parts.upsertAll(List.of(part("1").put("n", new BigDecimal("1")))))
                .isEqualTo(new Upserted(0, 1, 0));
    }

    @Test
    void upsertsInBulkAndTellsWhatItDid() {
        assertThat(parts.upsertAll(List.of())).isEqualTo(Upserted.NONE);
        assertThat(parts.upsertAll(List.of(part("1"), part("2"), part("3")))).isEqualTo(new Upserted(3, 0, 0));
        assertThat(parts.upsertAll(List.of(part("2").put("n", 1), part("3"), part("4"))))
                .isEqualTo(new Upserted(1, 1, 1));
        assertThat(parts.findAll(List.of("1", "2", "4", "5")).keySet()).containsExactlyInAnyOrder("1", "2", "4");
        assertThat(parts.find("2").orElseThrow().rev()).isEqualTo(2);
        assertThat(parts.find("3").orElseThrow().rev()).isEqualTo(1);
    }

    @Test
    void takesTheLastOfSeveralDocumentsWithOneKey() {
        parts.upsertAll(List.of(part("1").put("n", 1), part("1").put("n", 2)));
        assertThat(parts.find("1").orElseThrow().value().integer("n")).contains(2L);
    }

    @Test
    void upsertsAndFindsThousandsAtOnce() {
        var many = IntStream.range(0, 5_000)
                .mapToObj(i -> part("%05d".formatted(i)).put("status", "S" + i % 7))
                .toList();
        assertThat(parts.upsertAll(many)).isEqualTo(new Upserted(5_000, 0, 0));
        assertThat(parts.upsertAll(many)).isEqualTo(new Upserted(0, 0, 5_000));
        assertThat(parts.findAll(many.stream().map(PARTS::key).toList())).hasSize(5_000);
        assertThat(parts.list(Query.where(Condition.ALL).limit(10_000)).values())
                .containsExactlyElementsOf(many);
        assertThat(parts.count(Condition.equal("status", "S3"))).isEqualTo(714);
        assertThat(parts.removeAll(Condition.equal("status", "S3"))).isEqualTo(714);
        assertThat(parts.count(Condition.ALL)).isEqualTo(5_000 - 714);
    }

    @Test
    void countsAnewAfterAChange() {
        var released = Condition.equal("status", "REL");
        parts.upsertAll(List.of(part("1").put("status", "REL"), part("2").put("status", "CRTD")));
        assertThat(parts.count(released)).isEqualTo(1);
        parts.replace(part("2").put("status", "REL"), 1);
        assertThat(parts.count(released)).isEqualTo(2);
        parts.remove("1", 1);
        assertThat(parts.count(released)).isEqualTo(1);
        assertThat(parts.count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    void findsByEveryKindOfCondition() {
        parts.upsertAll(List.of(
                part("a").put("plant", "1000").put("status", "REL").put("number", 5),
                part("b").put("plant", "1000").put("status", "CRTD").put("number", 7),
                part("c").put("plant", "2000").put("status", "REL").put("flag", true),
                part("d").put("plant", "1010").put("number", null).put("flag", false),
                part("e").put("plant", "1").put("due", "2026-01-31").put("amount", new BigDecimal("10.50"))));
        assertFinds(Condition.equal("plant", "1000"), "a", "b");
        assertFinds(Condition.equal("number", null), "c", "d", "e");
        assertFinds(Condition.equal("number", new BigDecimal("5.0")), "a");
        assertFinds(Condition.equal("amount", new BigDecimal("10.5")), "e");
        assertFinds(Condition.equal("flag", true), "c");
        assertFinds(new Condition.In("status", List.of("REL", "TECO")), "a", "c");
        assertFinds(new Condition.In("number", List.of(7, 5, 6)), "a", "b");
        assertFinds(new Condition.In("status", List.of()));
        assertFinds(new Condition.Range("number", 5, 7), "a");
        assertFinds(new Condition.Range("number", 6, null), "b");
        assertFinds(new Condition.Range("number", null, 6), "a");
        assertFinds(new Condition.Range("number", null, null), "a", "b");
        assertFinds(new Condition.Range("due", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)), "e");
        assertFinds(new Condition.Range("amount", 10, new BigDecimal("10.51")), "e");
        assertFinds(new Condition.Prefix("plant", "10"), "a", "b", "d");
        assertFinds(new Condition.Prefix("plant", ""), "a", "b", "c", "d", "e");
        assertFinds(Condition.and(Condition.equal("plant", "1000"), Condition.equal("status", "REL")), "a");
        assertFinds(
                new Condition.Or(List.of(Condition.equal("plant", "2000"), Condition.equal("status", "CRTD"))),
                "b",
                "c");
        assertFinds(new Condition.Or(List.of()));
        assertFinds(Condition.and(), "a", "b", "c", "d", "e");
        var inPlants = new Condition.Prefix("plant", "");
        assertFinds(Condition.and(inPlants, new Condition.Not(Condition.equal("status", "REL"))), "b", "d", "e");
        assertFinds(
                Condition.and(inPlants, new Condition.Not(new Condition.Range("number", 0, 6))), "b", "c", "d", "e");
        assertFinds(Condition.and(inPlants, new Condition.Not(Condition.equal("status", null))), "a", "b", "c");
    }

    private void assertFinds(Condition condition, String... expected) {
        assertThat(keys(parts.list(Query.where(condition)))).as("%s", condition).containsExactly(expected);
        assertThat(parts.count(condition)).as("count of %s", condition).isEqualTo(expected.length);
    }

    @Test
    void findsWordsByTheirBeginnings() {
        parts.upsertAll(List.of(
                part("1").put("text", "Pumpe Größe-4 undicht").put("number", 17),
                part("2").put("text", "PUMP station 000000004711"),
                part("3").put("tags", List.of("Éclair", "pum_ping")),
                part("4").put("text", null)));
        assertFinds(new Condition.Text("pum"), "1", "2", "3");
        assertFinds(new Condition.Text("PUMPE"), "1");
        assertFinds(new Condition.Text("grosse"), "1");
        assertFinds(new Condition.Text("große"), "1");
        assertFinds(new Condition.Text("größe 4 pum"), "1");
        assertFinds(new Condition.Text("4711"), "2");
        assertFinds(new Condition.Text("0000000047"), "2");
        assertFinds(new Condition.Text("711"));
        assertFinds(new Condition.Text("eclair ping"), "3");
        assertFinds(new Condition.Text("17"), "1");
        assertFinds(new Condition.Text("umpe"));
        assertFinds(new Condition.Text(" .* \" "), "1", "2", "3", "4");
        assertFinds(Condition.and(new Condition.Text("pum"), new Condition.Not(new Condition.Text("stat"))), "1", "3");
        parts.replace(part("2").put("text", "valve"), 1);
        assertFinds(new Condition.Text("pum"), "1", "3");
        assertFinds(new Condition.Text("val"), "2");
        parts.remove("2", 2);
        assertFinds(new Condition.Text("val"));
    }

    @Test
    void pagesThroughNullsAndDuplicatesInBothDirections() {
        var values = new ArrayList<Document>();
        for (int i = 0; i < 40; i++) {
            values.add(part("%02d".formatted(i))
                    .put("plant", i % 3 == 0 ? null : "P" + i % 3)
                    .put("status", i % 4 == 0 ? null : "S" + i % 5));
        }
        Collections.shuffle(values, new java.util.Random(7));
        parts.upsertAll(values);
        for (int limit : new int[] {1, 3, 7, 39, 40, 41}) {
            for (boolean descending : new boolean[] {false, true}) {
                var query =
                        Query.where(Condition.ALL).sorted("plant", descending).limit(limit);
                assertThat(walk(query)).hasSize(40).doesNotHaveDuplicates();
                var two = new Query(
                        Condition.ALL,
                        List.of(new Query.Sort("plant", descending), new Query.Sort("status", descending)),
                        limit,
                        null);
                var walked = walk(two);
                assertThat(walked).isEqualTo(InMemory.keys(values, new Query(Condition.ALL, two.sort(), 1_000, null)));
            }
        }
    }

    private List<String> walk(Query query) {
        var seen = new ArrayList<String>();
        var page = parts.list(query);
        seen.addAll(keys(page));
        while (page.next() != null) {
            assertThat(page.items()).hasSize(query.limit());
            page = parts.list(query.after(page.next()));
            seen.addAll(keys(page));
        }
        return seen;
    }

    @Test
    void refusesACursorOfAnotherQuery() {
        parts.upsertAll(List.of(part("1").put("plant", "1"), part("2").put("plant", "1")));
        var query = Query.where(Condition.equal("plant", "1")).limit(1);
        var cursor = parts.list(query).next();
        assertThat(cursor).isNotNull().matches("[A-Za-z0-9_-]+");
        assertThat(keys(parts.list(query.after(cursor)))).containsExactly("2");
        for (var wrong : List.of(
                Query.where(Condition.equal("plant", "2")).after(cursor),
                Query.where(Condition.ALL).after(cursor),
                query.sorted("plant", true).after(cursor),
                query.after("!"),
                query.after(""),
                query.after("AAAA"),
                query.after("A".repeat(10_000)))) {
            assertProblem(StoreProblem.CURSOR_INVALID, () -> parts.list(wrong));
        }
    }

    @Test
    void refusesQuestionsThatNoEngineCanAnswer() {
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts.list(Query.where(Condition.equal("a'); DROP", "1"))));
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts.count(Condition.equal("$where", "1")));
        var many = IntStream.range(0, 2_000).boxed().toList();
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts.count(new Condition.In("number", many)));
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts.findAll(Collections.nCopies(10_001, "x")));
    }

    @Test
    void refusesAQuestionThatNoIndexServes() {
        var unserved = Query.where(Condition.equal("colour", "red"));
        assertThatThrownBy(() -> parts.list(unserved)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> parts.count(new Condition.Not(Condition.equal("plant", "1"))))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> parts.list(Query.where(Condition.ALL).sorted("colour", false)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void countsByFieldAndFindsBounds() {
        parts.upsertAll(List.of(
                part("1")
                        .put("status", "REL")
                        .put("number", 5)
                        .put("amount", new BigDecimal("1.50"))
                        .put("flag", true),
                part("2")
                        .put("status", "REL")
                        .put("number", 7)
                        .put("amount", new BigDecimal("12.00"))
                        .put("flag", false),
                part("3").put("status", "").put("number", 7),
                part("4").put("plant", "1")));
        assertThat(parts.countBy("status", Condition.ALL)).isEqualTo(Map.of("REL", 2L, "", 2L));
        assertThat(parts.countBy("number", Condition.ALL)).isEqualTo(Map.of("5", 1L, "7", 2L, "", 1L));
        assertThat(parts.countBy("amount", Condition.ALL)).isEqualTo(Map.of("1.5", 1L, "12", 1L, "", 2L));
        assertThat(parts.countBy("flag", Condition.ALL)).isEqualTo(Map.of("true", 1L, "false", 1L, "", 2L));
        assertThat(parts.countBy("number", Condition.equal("status", "REL"))).isEqualTo(Map.of("5", 1L, "7", 1L));
        assertThat(parts.bounds("number", Condition.ALL)).contains(new Documents.Bounds(5L, 7L));
        assertThat(parts.bounds("amount", Condition.ALL))
                .contains(new Documents.Bounds(new BigDecimal("1.50"), new BigDecimal("12.00")));
        assertThat(parts.bounds("number", Condition.equal("plant", "1"))).isEmpty();
    }

    @Test
    void keepsUniqueFieldsUnique() {
        var users = store.documents(USERS);
        users.upsertAll(List.of(
                part("1").put("mail", "a@x").put("system", "S").put("login", "a"),
                part("2").put("mail", null).put("system", "S"),
                part("3"),
                part("4").put("size", new BigDecimal("1.0"))));
        assertProblem(StoreProblem.DUPLICATE, () -> users.insert(part("9").put("mail", "a@x")));
        assertProblem(
                StoreProblem.DUPLICATE,
                () -> users.insert(part("9").put("system", "S").put("login", "a")));
        assertProblem(StoreProblem.DUPLICATE, () -> users.insert(part("9").put("system", "S")));
        assertProblem(StoreProblem.DUPLICATE, () -> users.insert(part("9").put("size", 1)));
        assertProblem(StoreProblem.DUPLICATE, () -> users.replace(part("3").put("mail", "a@x"), 1));
        assertProblem(
                StoreProblem.DUPLICATE,
                () -> users.upsertAll(
                        List.of(part("8").put("mail", "new@x"), part("9").put("mail", "a@x"))));
        assertProblem(
                StoreProblem.DUPLICATE,
                () -> users.upsertAll(
                        List.of(part("8").put("mail", "n@x"), part("9").put("mail", "n@x"))));
        assertThat(users.find("8")).isEmpty();
        assertThat(users.find("9")).isEmpty();
        assertThat(users.count(Condition.ALL)).isEqualTo(4);
        assertThat(users.list(Query.where(Condition.equal("mail", "a@x"))).items())
                .hasSize(1);
        assertThat(users.insert(part("9"))).isInstanceOf(Written.Done.class);
        assertThat(users.replace(part("1").put("mail", "a@x").put("name", "A"), 1))
                .isInstanceOf(Written.Done.class);
        assertThat(users.remove("1", 2)).isTrue();
        assertThat(users.insert(part("5").put("mail", "a@x"))).isInstanceOf(Written.Done.class);
    }

    @Test
    void removesByRevisionAndByCondition() {
        parts.upsertAll(List.of(part("1").put("status", "A"), part("2").put("status", "A"), part("3")));
        assertThat(parts.remove("1", 2)).isFalse();
        assertThat(parts.remove("9", 1)).isFalse();
        assertThat(parts.remove("1", 1)).isTrue();
        assertThat(parts.remove("1", 1)).isFalse();
        assertThat(parts.find("1")).isEmpty();
        assertThat(parts.removeAll(Condition.equal("status", "A"))).isEqualTo(1);
        assertThat(parts.removeAll(Condition.ALL)).isEqualTo(1);
        assertThat(parts.list(Query.where(Condition.ALL)).items()).isEmpty();
        assertThat(parts.insert(part("1").put("status", "B"))).isInstanceOf(Written.Done.class);
        assertThat(parts.count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    void tellsChangesInOrderEachDocumentOnce() {
        parts.upsertAll(List.of(part("1"), part("2"), part("3")));
        parts.replace(part("1").put("n", 1), 1);
        parts.remove("2", 1);
        var all = parts.changesAfter(0, 100);
        assertThat(all).extracting(Documents.Change::key).containsExactly("3", "1", "2");
        assertThat(all).extracting(Documents.Change::position).isSorted().doesNotHaveDuplicates();
        assertThat(all.get(1).stored()).map(Stored::value).contains(part("1").put("n", 1));
        assertThat(all.get(1).stored())
                .map(Stored::position)
                .contains(all.get(1).position());
        assertThat(all.get(2).stored()).isEmpty();
        assertThat(store.position()).isEqualTo(all.getLast().position());
        assertThat(parts.changesAfter(0, 1)).isEqualTo(all.subList(0, 1));
        assertThat(parts.changesAfter(all.get(0).position(), 100)).isEqualTo(all.subList(1, 3));
        assertThat(parts.changesAfter(store.position(), 100)).isEmpty();
        parts.insert(part("2").put("n", 2));
        assertThat(parts.changesAfter(0, 100)).extracting(Documents.Change::key).containsExactly("3", "1", "2");
        assertThat(parts.changesAfter(0, 100).get(2).stored()).isPresent();
    }

    @Test
    void givesNoPositionsInOtherCollections() {
        var notes = store.documents(NOTES);
        notes.upsertAll(List.of(part("1")));
        assertThat(notes.find("1").orElseThrow().position()).isZero();
        assertThat(store.position()).isZero();
        assertThat(keys(notes.list(Query.where(Condition.ALL)))).containsExactly("1");
    }

    @Test
    void losesNoUpdateToARace() throws Exception {
        parts.insert(part("counter").put("n", 0));
        int threads = 8;
        int rounds = 25;
        inParallel(threads, thread -> {
            for (int i = 0; i < rounds; ) {
                var current = parts.find("counter").orElseThrow();
                long n = current.value().integer("n").orElseThrow();
                var next = part("counter").put("n", n + 1);
                i += parts.replace(next, current.rev()) instanceof Written.Done ? 1 : 0;
            }
            return null;
        });
        var counter = parts.find("counter").orElseThrow();
        assertThat(counter.value().integer("n")).contains((long) threads * rounds);
        assertThat(counter.rev()).isEqualTo(threads * rounds + 1);
    }

    @Test
    void insertsOneOfManyRivals() throws Exception {
        var users = store.documents(USERS);
        var wins = new ConcurrentHashMap<Integer, Boolean>();
        inParallel(8, thread -> {
            if (parts.insert(part("one").put("n", thread)) instanceof Written.Done) {
                wins.put(thread, true);
            }
            try {
                users.insert(part("user" + thread).put("mail", "same@x"));
            } catch (Failure duplicate) {
                assertThat(duplicate.code()).isEqualTo(StoreProblem.DUPLICATE);
            }
            return null;
        });
        assertThat(wins).hasSize(1);
        assertThat(users.count(Condition.ALL)).isEqualTo(1);
    }

    /** A follower that starts with the writers and remembers the last state of each key must end with all of it. */
    @Test
    void skipsNoChangeWhileManyWrite() throws Exception {
        int writers = 6;
        int rounds = 30;
        var followed = new HashMap<String, Optional<Document>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var following = executor.submit(() -> follow(followed, writers));
            inParallel(writers, writer -> {
                write(writer, rounds);
                return null;
            });
            following.get();
        }
        var standing = new HashMap<String, Document>();
        parts.list(Query.where(Condition.ALL).limit(10_000)).items().forEach(s -> standing.put(s.key(), s.value()));
        var present = new HashMap<String, Document>();
        followed.forEach((key, value) -> value.ifPresent(document -> present.put(key, document)));
        assertThat(present).isEqualTo(standing);
        assertThat(followed).containsEntry("removed0", Optional.empty());
    }

    private void write(int writer, int rounds) {
        for (int round = 0; round < rounds; round++) {
            var some = new ArrayList<Document>();
            for (int i = 0; i < 5; i++) {
                some.add(part("shared" + (round + i) % 10).put("by", writer).put("round", round));
            }
            some.add(part("own%d-%d".formatted(writer, round)));
            parts.upsertAll(some);
            parts.upsertAll(List.of(part("removed" + writer).put("n", round)));
            parts.find("removed" + writer).ifPresent(s -> parts.remove(s.key(), s.rev()));
        }
        parts.insert(part("end" + writer));
    }

    private Void follow(Map<String, Optional<Document>> followed, int writers) {
        long position = 0;
        long ended = 0;
        while (ended < writers) {
            var changes = parts.changesAfter(position, 17);
            for (var change : changes) {
                assertThat(change.position()).isGreaterThan(position);
                position = change.position();
                followed.put(change.key(), change.stored().map(Stored::value));
            }
            ended = changes.isEmpty()
                    ? followed.keySet().stream()
                            .filter(key -> key.startsWith("end"))
                            .count()
                    : ended;
            Thread.onSpinWait();
        }
        return null;
    }

    @Test
    void leasesToOneHolderAtATime() {
        var leases = store.leases();
        var first = leases.acquire("inbound", "A", LIFE).orElseThrow();
        assertThat(leases.acquire("inbound", "B", LIFE)).isEmpty();
        assertThat(leases.holder("inbound")).contains(first);
        assertThat(leases.holder("other")).isEmpty();
        pass(LIFE.minusSeconds(1));
        assertThat(leases.renew(first, LIFE)).isTrue();
        pass(LIFE.minusSeconds(1));
        assertThat(leases.acquire("inbound", "B", LIFE)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(leases.holder("inbound")).isEmpty();
        var second = leases.acquire("inbound", "B", LIFE).orElseThrow();
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(leases.renew(first, LIFE)).isFalse();
        leases.release(first);
        assertThat(leases.holder("inbound")).contains(second);
        leases.release(second);
        assertThat(leases.holder("inbound")).isEmpty();
        var third = leases.acquire("inbound", "A", LIFE).orElseThrow();
        assertThat(third.fence()).isGreaterThan(second.fence());
        assertThat(leases.renew(second, LIFE)).isFalse();
    }

    @Test
    void leasesToOneOfManyRivals() throws Exception {
        var won = new ConcurrentHashMap<String, Leases.Lease>();
        inParallel(8, thread -> {
            store.leases().acquire("sweep", "holder" + thread, LIFE).ifPresent(l -> won.put(l.holder(), l));
            return null;
        });
        assertThat(won).hasSize(1);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    static void inParallel(int threads, ThreadWork work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> work.run(thread)))
                    .toList();
            for (var future : futures) {
                future.get();
            }
        }
    }

    /** What one of several threads does. */
    interface ThreadWork {
        @Nullable
        Object run(int thread) throws Exception;
    }
}
