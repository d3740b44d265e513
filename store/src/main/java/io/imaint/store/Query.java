package io.imaint.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a collection.
 *
 * @param where what the documents must fulfil
 * @param sort the order, before which comes nothing and after which comes the key, so that it is always total; null
 *     sorts before every value when ascending
 * @param limit documents in one answer, 1 to {@value #LIMIT_MAX}
 * @param after the {@code next} of the page before, null for the first page
 */
public record Query(
        Condition where,
        List<Sort> sort,
        int limit,
        @Nullable String after) {
    /** Bounds the memory that one answer takes. */
    public static final int LIMIT_MAX = 10_000;

    /** One field of an order. All fields of one order share a direction, so that one index can serve it. */
    public record Sort(String field, boolean descending) {}

    public Query {
        sort = List.copyOf(sort);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw StoreProblem.QUERY_INVALID.because("a page has 1 to " + LIMIT_MAX + " items, not " + limit);
        }
        assert sort.stream().map(Sort::descending).distinct().count() <= 1 : "mixed directions";
    }

    /** Documents that fulfil a condition, in the order of their keys. */
    public static Query where(Condition condition) {
        return new Query(condition, List.of(), 100, null);
    }

    public Query sorted(String field, boolean descending) {
        return new Query(where, List.of(new Sort(field, descending)), limit, after);
    }

    public Query limit(int items) {
        return new Query(where, sort, items, after);
    }

    public Query after(@Nullable String cursor) {
        return new Query(where, sort, limit, cursor);
    }

    /** The same question under another condition. */
    Query within(Condition condition) {
        return new Query(condition, sort, limit, after);
    }
}
