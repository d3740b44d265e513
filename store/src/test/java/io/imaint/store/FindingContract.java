package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.keys;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine finds, counts and pages through, and the questions that it refuses. */
interface FindingContract {
    Documents<Document> parts();

    @Test
    default void countsAnewAfterAChange() {
        var released = Condition.equal("status", "REL");
        parts().upsertAll(List.of(part("1").put("status", "REL"), part("2").put("status", "CRTD")));
        assertThat(parts().count(released)).isEqualTo(1);
        parts().replace(part("2").put("status", "REL"), 1);
        assertThat(parts().count(released)).isEqualTo(2);
        parts().remove("1", 1);
        assertThat(parts().count(released)).isEqualTo(1);
        assertThat(parts().count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    default void findsByEveryKindOfCondition() {
        parts().upsertAll(List.of(
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
        assertThat(keys(parts().list(Query.where(condition))))
                .as("%s", condition)
                .containsExactly(expected);
        assertThat(parts().count(condition)).as("count of %s", condition).isEqualTo(expected.length);
    }

    @Test
    default void findsWordsByTheirBeginnings() {
        parts().upsertAll(List.of(
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
        assertFinds(new Condition.Text("  "), "1", "2", "3", "4");
        assertFinds(new Condition.Text(" .* \" "));
        assertFinds(Condition.and(new Condition.Text("pum"), new Condition.Not(new Condition.Text("stat"))), "1", "3");
        parts().replace(part("2").put("text", "valve"), 1);
        assertFinds(new Condition.Text("pum"), "1", "3");
        assertFinds(new Condition.Text("val"), "2");
        parts().remove("2", 2);
        assertFinds(new Condition.Text("val"));
    }

    @Test
    default void pagesThroughNullsAndDuplicatesInBothDirections() {
        var values = new ArrayList<Document>();
        for (int i = 0; i < 40; i++) {
            values.add(part("%02d".formatted(i))
                    .put("plant", i % 3 == 0 ? null : "P" + i % 3)
                    .put("status", i % 4 == 0 ? null : "S" + i % 5));
        }
        Collections.shuffle(values, new java.util.Random(7));
        parts().upsertAll(values);
        for (int limit : new int[] {1, 3, 7, 39, 40, 41}) {
            for (boolean descending : new boolean[] {false, true}) {
                var query =
                        Query.where(Condition.ALL).sorted("status", descending).limit(limit);
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
        var page = parts().list(query);
        seen.addAll(keys(page));
        while (page.next() != null) {
            assertThat(page.items()).hasSize(query.limit());
            page = parts().list(query.after(page.next()));
            seen.addAll(keys(page));
        }
        return seen;
    }

    @Test
    default void refusesACursorOfAnotherQuery() {
        parts().upsertAll(List.of(part("1").put("plant", "1"), part("2").put("plant", "1")));
        var query = Query.where(Condition.equal("plant", "1")).limit(1);
        var cursor = parts().list(query).next();
        assertThat(cursor).isNotNull().matches("[A-Za-z0-9_-]+");
        assertThat(keys(parts().list(query.after(cursor)))).containsExactly("2");
        for (var wrong : List.of(
                Query.where(Condition.equal("plant", "2")).after(cursor),
                Query.where(Condition.ALL).after(cursor),
                query.sorted("plant", true).after(cursor),
                query.after("!"),
                query.after(""),
                query.after("AAAA"),
                query.after("A".repeat(10_000)))) {
            assertProblem(StoreProblem.CURSOR_INVALID, () -> parts().list(wrong));
        }
    }

    @Test
    default void refusesQuestionsThatNoEngineCanAnswer() {
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts().list(Query.where(Condition.equal("a'); DROP", "1"))));
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts().count(Condition.equal("$where", "1")));
        var many = IntStream.range(0, 2_000).boxed().toList();
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts().count(new Condition.In("number", many)));
        assertProblem(StoreProblem.QUERY_INVALID, () -> parts().findAll(Collections.nCopies(10_001, "x")));
    }

    @Test
    default void refusesAQuestionThatNoIndexServes() {
        var unserved = Query.where(Condition.equal("colour", "red"));
        assertThatThrownBy(() -> parts().list(unserved)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> parts().count(new Condition.Not(Condition.equal("plant", "1"))))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> parts().list(Query.where(Condition.ALL).sorted("colour", false)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    default void refusesAnOrderThatNoIndexHas() {
        var inPlant = Condition.equal("plant", "1");
        assertThatThrownBy(() -> parts().list(Query.where(inPlant).sorted("colour", false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in the order of [colour]");
        assertThatThrownBy(() -> parts().bounds("text", inPlant)).isInstanceOf(AssertionError.class);
        assertThat(parts().list(Query.where(inPlant).sorted("status", true)).items())
                .isEmpty();
        assertThat(parts().list(Query.where(inPlant).sorted("due", true)).items())
                .isEmpty();
        var pumps = new Condition.Text("pump");
        assertThat(parts().list(Query.where(Condition.and(pumps, inPlant)).sorted("colour", true))
                        .items())
                .isEmpty();
    }

    @Test
    default void countsByFieldAndFindsBounds() {
        parts().upsertAll(List.of(
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
        assertThat(parts().countBy("status", Condition.ALL)).isEqualTo(Map.of("REL", 2L, "", 2L));
        assertThat(parts().countBy("number", Condition.ALL)).isEqualTo(Map.of("5", 1L, "7", 2L, "", 1L));
        assertThat(parts().countBy("amount", Condition.ALL)).isEqualTo(Map.of("1.5", 1L, "12", 1L, "", 2L));
        assertThat(parts().countBy("flag", Condition.ALL)).isEqualTo(Map.of("true", 1L, "false", 1L, "", 2L));
        assertThat(parts().countBy("number", Condition.equal("status", "REL"))).isEqualTo(Map.of("5", 1L, "7", 1L));
        assertThat(parts().bounds("number", Condition.ALL)).contains(new Documents.Bounds(5L, 7L));
        assertThat(parts().bounds("amount", Condition.ALL))
                .contains(new Documents.Bounds(new BigDecimal("1.50"), new BigDecimal("12.00")));
        assertThat(parts().bounds("number", Condition.equal("plant", "1"))).isEmpty();
    }
}
