package io.imaint.store;

import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.USERS;
import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.inParallel;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.Documents.Written;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine makes of writes: fidelity, revisions, bulk, unique fields, removal, and rivals. */
interface WritingContract {
    Store store();

    Documents<Document> parts();

    @Test
    default void findsNothingInANewStore() {
        assertThat(parts().find("1")).isEmpty();
        assertThat(parts().list(Query.where(Condition.ALL)).items()).isEmpty();
        assertThat(parts().count(Condition.ALL)).isZero();
        assertThat(parts().changesAfter(0, 10)).isEmpty();
        assertThat(parts().bounds("status", Condition.ALL)).isEmpty();
        assertThat(parts().countBy("status", Condition.ALL)).isEmpty();
        assertThat(store().position()).isZero();
    }

    @Test
    default void addsManyNewDocumentsAmongSomeThatStand() {
        int many = 400;
        var standing = IntStream.range(0, many)
                .filter(i -> i % 67 == 5)
                .mapToObj(i -> part("many" + i).put("text", i % 2 == 0 ? "pump" : "old"))
                .toList();
        parts().upsertAll(standing);
        long before = store().position();
        var all = IntStream.range(0, many)
                .mapToObj(i -> part("many" + i).put("text", "pump"))
                .toList();

        long same = standing.stream()
                .filter(document -> "pump".equals(document.get("text")))
                .count();
        assertThat(parts().upsertAll(all))
                .isEqualTo(new Upserted(many - standing.size(), (int) (standing.size() - same), (int) same));
        assertThat(parts().count(Condition.ALL)).isEqualTo(many);
        assertThat(parts().count(new Condition.Text("pump"))).isEqualTo(many);
        assertThat(parts().count(new Condition.Text("old"))).isZero();
        assertThat(parts().changesAfter(before, 1_000))
                .hasSize(many - (int) same)
                .extracting(Documents.Changed::position)
                .doesNotHaveDuplicates();
        assertThat(parts().upsertAll(all)).isEqualTo(new Upserted(0, 0, many));
    }

    @Test
    default void keepsEveryKindOfValueAsItWas() {
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
        parts().upsertAll(List.of(document));

        var kept = parts().find("fidelity").orElseThrow().value();
        assertThat(kept).isEqualTo(document);
        assertThat(kept.fields().keySet())
                .containsExactlyElementsOf(document.fields().keySet());
        assertThat(kept.has("nothing")).isTrue();
        assertThat(kept.has("absent")).isFalse();
        assertThat(kept.instant("instant")).contains(Instant.parse("2026-02-28T23:59:59.120Z"));
    }

    @Test
    default void insertsOnlyWhatIsNotThere() {
        var first = parts().insert(part("1").put("status", "REL"));
        assertThat(first).isInstanceOfSatisfying(Written.Done.class, done -> {
            assertThat(done.stored().rev()).isEqualTo(1);
            assertThat(done.stored().position()).isEqualTo(1);
        });
        var second = parts().insert(part("1").put("status", "CRTD"));
        assertThat(second)
                .isEqualTo(new Written.Lost<>(
                        Optional.of(new Stored<>("1", 1, 1, part("1").put("status", "REL")))));
    }

    @Test
    default void replacesOnlyTheRevisionNamed() {
        parts().insert(part("1").put("n", 1));
        assertThat(parts().replace(part("1").put("n", 2), 1))
                .isEqualTo(new Written.Done<>(new Stored<>("1", 2, 2, part("1").put("n", 2))));
        assertThat(parts().replace(part("1").put("n", 3), 1))
                .isEqualTo(new Written.Lost<>(
                        Optional.of(new Stored<>("1", 2, 2, part("1").put("n", 2)))));
        assertThat(parts().replace(part("2"), 1)).isEqualTo(new Written.Lost<>(Optional.empty()));
    }

    @Test
    default void leavesAnUnchangedDocumentAlone() {
        parts().insert(part("1").put("n", 1));
        assertThat(parts().replace(part("1").put("n", 1), 1))
                .isEqualTo(new Written.Done<>(new Stored<>("1", 1, 1, part("1").put("n", 1))));
        assertThat(parts().upsertAll(List.of(part("1").put("n", 1)))).isEqualTo(new Upserted(0, 0, 1));
        assertThat(parts().find("1")).contains(new Stored<>("1", 1, 1, part("1").put("n", 1)));
        assertThat(store().position()).isEqualTo(1);
        assertThat(parts().upsertAll(List.of(part("1").put("n", new BigDecimal("1")))))
                .isEqualTo(new Upserted(0, 1, 0));
    }

    @Test
    default void upsertsInBulkAndTellsWhatItDid() {
        assertThat(parts().upsertAll(List.of())).isEqualTo(Upserted.NONE);
        assertThat(parts().upsertAll(List.of(part("1"), part("2"), part("3")))).isEqualTo(new Upserted(3, 0, 0));
        assertThat(parts().upsertAll(List.of(part("2").put("n", 1), part("3"), part("4"))))
                .isEqualTo(new Upserted(1, 1, 1));
        assertThat(parts().findAll(List.of("1", "2", "4", "5")).keySet()).containsExactlyInAnyOrder("1", "2", "4");
        assertThat(parts().find("2").orElseThrow().rev()).isEqualTo(2);
        assertThat(parts().find("3").orElseThrow().rev()).isEqualTo(1);
    }

    @Test
    default void takesTheLastOfSeveralDocumentsWithOneKey() {
        parts().upsertAll(List.of(part("1").put("n", 1), part("1").put("n", 2)));
        assertThat(parts().find("1").orElseThrow().value().integer("n")).contains(2L);
    }

    @Test
    default void upsertsAndFindsThousandsAtOnce() {
        var many = IntStream.range(0, 2_100)
                .mapToObj(i -> part("%05d".formatted(i)).put("status", "S" + i % 7))
                .toList();
        assertThat(parts().upsertAll(many)).isEqualTo(new Upserted(2_100, 0, 0));
        assertThat(parts().upsertAll(many)).isEqualTo(new Upserted(0, 0, 2_100));
        assertThat(parts().findAll(many.stream().map(PARTS::key).toList())).hasSize(2_100);
        assertThat(parts().list(Query.where(Condition.ALL).limit(10_000)).values())
                .containsExactlyElementsOf(many);
        assertThat(parts().count(Condition.equal("status", "S3"))).isEqualTo(300);
        assertThat(parts().removeAll(Condition.equal("status", "S3"))).isEqualTo(300);
        assertThat(parts().count(Condition.ALL)).isEqualTo(2_100 - 300);
    }

    @Test
    default void keepsUniqueFieldsUnique() {
        var users = store().documents(USERS);
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
    default void removesByRevisionAndByCondition() {
        parts().upsertAll(List.of(part("1").put("status", "A"), part("2").put("status", "A"), part("3")));
        assertThat(parts().remove("1", 2)).isFalse();
        assertThat(parts().remove("9", 1)).isFalse();
        assertThat(parts().remove("1", 1)).isTrue();
        assertThat(parts().remove("1", 1)).isFalse();
        assertThat(parts().find("1")).isEmpty();
        assertThat(parts().removeAll(Condition.equal("status", "A"))).isEqualTo(1);
        assertThat(parts().removeAll(Condition.ALL)).isEqualTo(1);
        assertThat(parts().list(Query.where(Condition.ALL)).items()).isEmpty();
        assertThat(parts().insert(part("1").put("status", "B"))).isInstanceOf(Written.Done.class);
        assertThat(parts().count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    default void losesNoUpdateToARace() throws Exception {
        parts().insert(part("counter").put("n", 0));
        int threads = 8;
        int rounds = 25;
        inParallel(threads, thread -> {
            for (int i = 0; i < rounds; ) {
                var current = parts().find("counter").orElseThrow();
                long n = current.value().integer("n").orElseThrow();
                var next = part("counter").put("n", n + 1);
                i += parts().replace(next, current.rev()) instanceof Written.Done ? 1 : 0;
            }
            return null;
        });
        var counter = parts().find("counter").orElseThrow();
        assertThat(counter.value().integer("n")).contains((long) threads * rounds);
        assertThat(counter.rev()).isEqualTo(threads * rounds + 1);
    }

    @Test
    default void insertsOneOfManyRivals() throws Exception {
        var users = store().documents(USERS);
        var wins = new ConcurrentHashMap<Integer, Boolean>();
        inParallel(8, thread -> {
            if (parts().insert(part("one").put("n", thread)) instanceof Written.Done) {
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

    @Test
    default void tellsATakenValueFromATakenKeyWhateverTheValueHolds() {
        var users = store().documents(USERS);
        users.insert(part("1").put("mail", "index: _id_ dup key"));
        assertProblem(StoreProblem.DUPLICATE, () -> users.insert(part("2").put("mail", "index: _id_ dup key")));
        assertThat(users.insert(part("1").put("mail", "other"))).isInstanceOf(Written.Lost.class);
        assertThat(users.find("2")).isEmpty();
    }
}
