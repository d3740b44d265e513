package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.Aggregation.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The figures of groups on every engine. */
interface FiguresContract {
    ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    CollectionType<Document> HOURS = CollectionType.ofDocuments("Hours", "id")
            .index("plant", "at")
            .index("at")
            .index("day")
            .unscoped("a test");

    Store store();

    Documents<Document> parts();

    private static Document document(@Nullable Object... pairs) {
        var document = new Document();
        for (int i = 0; i < pairs.length; i += 2) {
            document.put((String) java.util.Objects.requireNonNull(pairs[i]), pairs[i + 1]);
        }
        return document;
    }

    private static Group group(Document by, @Nullable Object... figures) {
        return new Group(by, document(figures));
    }

    @Test
    default void measuresGroups() {
        parts().upsertAll(List.of(
                part("1")
                        .put("plant", "1000")
                        .put("status", "REL")
                        .put("amount", new BigDecimal("0.10"))
                        .put("number", 4),
                part("2")
                        .put("plant", "1000")
                        .put("status", "REL")
                        .put("amount", new BigDecimal("0.20"))
                        .put("number", 7),
                part("3").put("plant", "1000").put("status", null).put("amount", 3),
                part("4").put("plant", "2000").put("status", "").put("number", Long.MAX_VALUE),
                part("5").put("plant", "2000").put("status", "").put("number", Long.MAX_VALUE),
                part("6").put("plant", "2000").put("status", "TECO").put("text", "a \"b\" \\ \n ü")));
        var figures = Aggregation.of(new Condition.Prefix("plant", ""))
                .by("plant")
                .by("status")
                .count("n")
                .sum("amount", "amount")
                .sum("numbers", "number")
                .min("least", "number")
                .max("greatest", "number")
                .avg("mean", "number")
                .max("text", "text");
        var most = new BigDecimal(Long.MAX_VALUE).multiply(BigDecimal.TWO);
        assertThat(parts().aggregate(figures))
                .containsExactly(
                        group(
                                document("plant", "1000", "status", null),
                                "n",
                                1,
                                "amount",
                                3,
                                "numbers",
                                0,
                                "least",
                                null,
                                "greatest",
                                null,
                                "mean",
                                null,
                                "text",
                                null),
                        group(
                                document("plant", "1000", "status", "REL"),
                                "n",
                                2,
                                "amount",
                                new BigDecimal("0.30"),
                                "numbers",
                                11,
                                "least",
                                4,
                                "greatest",
                                7,
                                "mean",
                                new BigDecimal("5.5"),
                                "text",
                                null),
                        group(
                                document("plant", "2000", "status", ""),
                                "n",
                                2,
                                "amount",
                                0,
                                "numbers",
                                most,
                                "least",
                                Long.MAX_VALUE,
                                "greatest",
                                Long.MAX_VALUE,
                                "mean",
                                new BigDecimal(Long.MAX_VALUE),
                                "text",
                                null),
                        group(
                                document("plant", "2000", "status", "TECO"),
                                "n",
                                1,
                                "amount",
                                0,
                                "numbers",
                                0,
                                "least",
                                null,
                                "greatest",
                                null,
                                "mean",
                                null,
                                "text",
                                "a \"b\" \\ \n ü"));
    }

    @Test
    default void measuresAllInOneGroup() {
        var figures = Aggregation.of(Condition.equal("plant", "1000"))
                .count("n")
                .sum("sum", "amount")
                .max("max", "amount");
        assertThat(parts().aggregate(figures)).containsExactly(group(document(), "n", 0, "sum", 0, "max", null));
        parts().upsertAll(List.of(part("1").put("plant", "1000").put("amount", new BigDecimal("1.5"))));
        assertThat(parts().aggregate(figures))
                .containsExactly(group(document(), "n", 1, "sum", new BigDecimal("1.5"), "max", new BigDecimal("1.5")));
    }

    @Test
    default void addsDecimalsExactly() {
        var many = new ArrayList<Document>();
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 1_000; i++) {
            var amount = new BigDecimal("0.1").add(new BigDecimal("1E-20").multiply(BigDecimal.valueOf(i)));
            sum = sum.add(amount);
            many.add(part("%04d".formatted(i)).put("plant", "1").put("amount", amount));
        }
        parts().upsertAll(many);
        var figures =
                parts().aggregate(Aggregation.of(Condition.equal("plant", "1")).sum("sum", "amount"));
        assertThat(figures.getFirst().figures().decimal("sum").orElseThrow()).isEqualByComparingTo(sum);
    }

    @Test
    default void groupsByNumbersAndFlagsAsTheyAre() {
        parts().upsertAll(List.of(
                part("1").put("number", 1).put("flag", true),
                part("2").put("number", new BigDecimal("1.0")).put("flag", false),
                part("3").put("number", new BigDecimal("2.50")),
                part("4").put("number", 0).put("flag", true)));
        assertThat(parts().aggregate(Aggregation.of(Condition.ALL).by("number").count("n")))
                .containsExactly(
                        group(document("number", 0), "n", 1),
                        group(document("number", 1), "n", 2),
                        group(document("number", new BigDecimal("2.5")), "n", 1));
        assertThat(parts().aggregate(Aggregation.of(Condition.ALL).by("flag").count("n")))
                .containsExactly(
                        group(document("flag", null), "n", 1),
                        group(document("flag", false), "n", 1),
                        group(document("flag", true), "n", 2));
    }

    private Documents<Document> hours(String... instants) {
        var hours = store().documents(HOURS);
        hours.upsertAll(IntStream.range(0, instants.length)
                .mapToObj(i -> part("" + i)
                        .put("plant", "1000")
                        .put("at", Instant.parse(instants[i]))
                        .put("day", LocalDate.parse(instants[i].substring(0, 10)))
                        .put("hours", new BigDecimal("0.25")))
                .toList());
        return hours;
    }

    private static List<String> spans(Documents<Document> hours, String field, Span span, ZoneId zone) {
        return hours
                .aggregate(Aggregation.of(Condition.ALL)
                        .by(field, span, zone)
                        .count("n")
                        .sum("hours", "hours"))
                .stream()
                .map(group -> group.by().text(field).orElse("none") + " "
                        + group.figures().get("n") + " " + group.figures().get("hours"))
                .toList();
    }

    @Test
    default void groupsByTheDaysOfAZone() {
        var hours = hours(
                "2026-03-28T22:59:59.999Z",
                "2026-03-28T23:00:00Z",
                "2026-03-29T21:59:59Z",
                "2026-03-29T22:00:00Z",
                "2026-03-31T22:30:00Z");
        hours.insert(part("none"));
        assertThat(spans(hours, "at", Span.DAY, BERLIN))
                .containsExactly(
                        "none 1 0", "2026-03-28 1 0.25", "2026-03-29 2 0.50", "2026-03-30 1 0.25", "2026-04-01 1 0.25");
        assertThat(spans(hours, "at", Span.WEEK, BERLIN))
                .containsExactly("none 1 0", "2026-03-23 3 0.75", "2026-03-30 2 0.50");
        assertThat(spans(hours, "at", Span.MONTH, BERLIN))
                .containsExactly("none 1 0", "2026-03-01 4 1.00", "2026-04-01 1 0.25");
        assertThat(spans(hours, "at", Span.MONTH, ZoneOffset.UTC)).containsExactly("none 1 0", "2026-03-01 5 1.25");
        assertThat(spans(hours, "day", Span.WEEK, BERLIN))
                .containsExactly("none 1 0", "2026-03-23 4 1.00", "2026-03-30 1 0.25");
        assertThat(spans(hours, "day", Span.MONTH, BERLIN)).containsExactly("none 1 0", "2026-03-01 5 1.25");
    }

    @Test
    default void tellsTheTwoHoursApartInWhichSummerTimeEnds() {
        var hours =
                hours("2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z", "2026-10-25T01:45:00Z", "2026-10-25T02:00:00Z");
        assertThat(spans(hours, "at", Span.HOUR, BERLIN))
                .containsExactly(
                        "2026-10-25T02:00+02:00 1 0.25",
                        "2026-10-25T02:00+01:00 2 0.50",
                        "2026-10-25T03:00+01:00 1 0.25");
    }

    @Test
    default void groupsInZonesWhoseHoursBeginWithinOneOfUtc() {
        var hours =
                hours("2026-03-01T18:29:59Z", "2026-03-01T18:30:00Z", "2026-03-01T18:14:00Z", "2026-03-01T18:15:00Z");
        assertThat(spans(hours, "at", Span.DAY, ZoneId.of("Asia/Kolkata")))
                .containsExactly("2026-03-01 3 0.75", "2026-03-02 1 0.25");
        assertThat(spans(hours, "at", Span.DAY, ZoneId.of("Asia/Kathmandu")))
                .containsExactly("2026-03-01 1 0.25", "2026-03-02 3 0.75");
        assertThat(spans(hours, "at", Span.HOUR, ZoneId.of("Asia/Kathmandu")))
                .containsExactly("2026-03-01T23:00+05:45 1 0.25", "2026-03-02T00:00+05:45 3 0.75");
    }

    @Test
    default void refusesFiguresThatNoIndexServes() {
        assertThatThrownBy(() -> parts().aggregate(
                                Aggregation.of(Condition.ALL).by("text").count("n")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> parts().aggregate(
                                Aggregation.of(Condition.equal("text", "x")).count("n")))
                .isInstanceOf(AssertionError.class);
        assertProblem(
                StoreProblem.QUERY_INVALID, () -> Aggregation.of(Condition.ALL).by("a'b"));
    }

    @Test
    default void refusesMoreGroupsThanAnybodyReads() {
        parts().upsertAll(IntStream.rangeClosed(0, Aggregation.GROUPS_MAX)
                .mapToObj(i -> part("" + i).put("number", i))
                .toList());
        assertProblem(
                StoreProblem.QUERY_INVALID,
                () -> parts().aggregate(
                                Aggregation.of(Condition.ALL).by("number").count("n")));
    }
}
