package io.imaint.store;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A question for figures of groups of documents: which documents, by what they are grouped, and what is measured of each
 * group. The groups come in the order of their values, null first.
 *
 * <p>Served by a declared index are the condition, or, where all documents are asked for, the first grouping. Sums and
 * averages of decimals are exact to 34 digits.
 */
public record Aggregation(Condition where, List<By> by, List<Measure> measures) {
    /** More groups are an export and no figures. */
    public static final int GROUPS_MAX = 10_000;

    /** What a group has in common. */
    public sealed interface By {
        String name();

        String field();

        /** The value of a field: a text, a whole number or a flag, null where it is absent. */
        record Field(String field) implements By {
            @Override
            public String name() {
                return field;
            }
        }

        /**
         * A span of time in which the date or instant of a field lies, named by its first day, {@code 2026-03-30}, or its
         * first instant with the offset of the zone, {@code 2026-03-30T10:00+02:00}.
         *
         * @param zone whose days and hours count; dates have none, so that it does not matter for them
         */
        record Time(String name, String field, Span span, ZoneId zone) implements By {}
    }

    /** The lengths of spans of time; a week begins on Monday. */
    public enum Span {
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    /** A figure of a group. */
    public sealed interface Measure {
        String name();

        /** How many documents it has. */
        record Count(String name) implements Measure {}

        /** A figure of the numbers in a field, least and greatest also of texts; null when there are none, a sum then 0. */
        record Of(String name, Figure figure, String field) implements Measure {}
    }

    /** The figures of the values of a field. */
    public enum Figure {
        SUM,
        MIN,
        MAX,
        AVG
    }

    public Aggregation {
        by = List.copyOf(by);
        measures = List.copyOf(measures);
        by.forEach(each -> IndexCoverage.verifyField(each.field()));
        measures.forEach(each -> {
            if (each instanceof Measure.Of of) {
                IndexCoverage.verifyField(of.field());
            }
        });
    }

    /** Figures of the documents that fulfil a condition; without groupings there is one group. */
    public static Aggregation of(Condition where) {
        return new Aggregation(where, List.of(), List.of());
    }

    /** The fields of which something is measured, each once. */
    List<String> measured() {
        return measures.stream()
                .filter(Measure.Of.class::isInstance)
                .map(each -> ((Measure.Of) each).field())
                .distinct()
                .toList();
    }

    Aggregation where(Condition other) {
        return new Aggregation(other, by, measures);
    }

    public Aggregation by(String field) {
        return by(new By.Field(field));
    }

    /** Groups by spans of time, named after the field. */
    public Aggregation by(String field, Span span, ZoneId zone) {
        return by(new By.Time(field, field, span, zone));
    }

    private Aggregation by(By more) {
        var all = new ArrayList<>(by);
        all.add(more);
        return new Aggregation(where, all, measures);
    }

    public Aggregation count(String name) {
        return measure(new Measure.Count(name));
    }

    public Aggregation sum(String name, String field) {
        return measure(new Measure.Of(name, Figure.SUM, field));
    }

    public Aggregation min(String name, String field) {
        return measure(new Measure.Of(name, Figure.MIN, field));
    }

    public Aggregation max(String name, String field) {
        return measure(new Measure.Of(name, Figure.MAX, field));
    }

    public Aggregation avg(String name, String field) {
        return measure(new Measure.Of(name, Figure.AVG, field));
    }

    private Aggregation measure(Measure more) {
        var all = new ArrayList<>(measures);
        all.add(more);
        return new Aggregation(where, by, all);
    }
}
