package io.imaint.store;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a declared index leads to the documents that a question asks for. One that none serves reads the whole
 * collection, which nobody notices until it holds a million documents; so it is an error in the code, found by the first
 * test that asks it. Decided from the declaration alone, it holds on both engines and at every size, where a
 * database's own plan changes with its statistics.
 *
 * <p>A condition is served when an index begins with its field, a conjunction when one of its parts is, a disjunction
 * when all are. A negation is never served by itself. Words are served by the index of words, and all documents by that
 * of the keys. An order other than that of the keys needs an index that has it; see {@link #ordered}.
 */
final class IndexCoverage {
    /** Assertions are on in every start script; an emergency can still allow what they forbid. */
    private static final boolean CHECKED =
            IndexCoverage.class.desiredAssertionStatus() && !"allowed".equals(System.getProperty("imaint.store.scans"));

    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    /** Bounds the statement that a condition becomes. */
    static final int VALUES_MAX = 1_000;

    private static final int DEPTH_MAX = 20;

    private IndexCoverage() {}

    /** Fails when a condition is not one that an engine can answer, or that no index serves in this order. */
    static void verify(CollectionType<?> type, Condition where, List<String> order) {
        verify(where, 0);
        order.forEach(IndexCoverage::verifyField);
        if (CHECKED && !served(type, where, order)) {
            throw new AssertionError("no index of %s serves %s in the order of %s".formatted(type, where, order));
        }
    }

    /** Fails when figures are not ones that an engine can give, or that no index serves. */
    static void verify(CollectionType<?> type, Aggregation figures) {
        verify(figures.where(), 0);
        boolean served = all(figures.where())
                ? figures.by().stream().limit(1).allMatch(by -> led(type, by.field()))
                : served(type, figures.where());
        if (CHECKED && !served) {
            throw new AssertionError("no index of %s serves %s".formatted(type, figures));
        }
    }

    static boolean served(CollectionType<?> type, Condition where, List<String> order) {
        return (all(where) || served(type, where)) && (order.isEmpty() || ordered(type, where, order));
    }

    /**
     * Whether an index has the documents in an order, so that a page is read from it and not picked from all that fulfil
     * the condition: fields that the condition fixes, then the order, then the key. What words find is in no order of any
     * index, and has to be sorted.
     */
    private static boolean ordered(CollectionType<?> type, Condition where, List<String> order) {
        var parts = parts(where).toList();
        if (parts.stream().anyMatch(Condition.Text.class::isInstance)) {
            return true;
        }
        var fixed = new HashSet<String>();
        for (var part : parts) {
            if (part instanceof Condition.Equal equal) {
                fixed.add(equal.field());
            }
        }
        var free = order.stream().filter(field -> !fixed.contains(field)).toList();
        return free.isEmpty()
                || type.indexes().stream()
                        .anyMatch(index -> free.equals(index.fields().stream()
                                .dropWhile(fixed::contains)
                                .toList()));
    }

    /** What has to hold together, however it nests. */
    static Stream<Condition> parts(Condition where) {
        return where instanceof Condition.And and ? and.all().stream().flatMap(IndexCoverage::parts) : Stream.of(where);
    }

    /** All documents, but for those that have expired. */
    private static boolean all(Condition where) {
        return switch (where) {
            case Condition.All all -> true;
            case Condition.Unexpired live -> true;
            case Condition.And and -> and.all().stream().allMatch(IndexCoverage::all);
            default -> false;
        };
    }

    private static boolean served(CollectionType<?> type, Condition where) {
        return switch (where) {
            case Condition.All all -> false;
            case Condition.Equal equal -> led(type, equal.field());
            case Condition.In in -> led(type, in.field());
            case Condition.Range range -> led(type, range.field());
            case Condition.Prefix prefix -> led(type, prefix.field());
            case Condition.Text text -> true;
            case Condition.And and ->
                and.all().stream().allMatch(Condition.All.class::isInstance)
                        || and.all().stream().anyMatch(part -> served(type, part));
            case Condition.Or or -> or.any().stream().allMatch(part -> served(type, part));
            case Condition.Unexpired live -> false;
            case Condition.Not not -> false;
        };
    }

    private static boolean led(CollectionType<?> type, String field) {
        return type.indexes().stream().anyMatch(i -> i.fields().getFirst().equals(field));
    }

    private static void verify(Condition where, int depth) {
        if (depth > DEPTH_MAX) {
            throw StoreProblem.QUERY_INVALID.because("conditions nest more than " + DEPTH_MAX + " deep");
        }
        switch (where) {
            case Condition.All all -> {}
            case Condition.Text text -> {}
            case Condition.Equal equal -> verifyField(equal.field());
            case Condition.In in -> {
                verifyField(in.field());
                verifyCount(in.values());
            }
            case Condition.Range range -> verifyField(range.field());
            case Condition.Unexpired live -> verifyField(live.field());
            case Condition.Prefix prefix -> verifyField(prefix.field());
            case Condition.And and -> verifyParts(and.all(), depth);
            case Condition.Or or -> verifyParts(or.any(), depth);
            case Condition.Not not -> verify(not.condition(), depth + 1);
        }
    }

    private static void verifyParts(List<Condition> parts, int depth) {
        verifyCount(parts);
        parts.forEach(part -> verify(part, depth + 1));
    }

    private static void verifyCount(List<?> values) {
        if (values.size() > VALUES_MAX) {
            throw StoreProblem.QUERY_INVALID.because(
                    "a condition compares with at most " + VALUES_MAX + " values, not " + values.size());
        }
    }

    static void verifyField(String field) {
        if (!FIELD.matcher(field).matches()) {
            throw StoreProblem.QUERY_INVALID.because("'" + field + "' is not the name of a field");
        }
    }
}
