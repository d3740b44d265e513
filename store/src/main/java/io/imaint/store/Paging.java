package io.imaint.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins: after the last document seen, in an order that is total because the key ends it.
 *
 * <p>"After (a, b, key)" is a disjunction, which makes databases read an index from its beginning. So it is cut into
 * intervals of the order that follow each other, each a contiguous part of one index: first the documents that share a
 * and b and have a later key, then those that share a and have a later b, then those with a later a. Null stands before
 * every value, so in descending order an interval of the nulls follows each interval of values. A page is read interval by
 * interval until it is full, usually from the first one alone.
 */
final class Paging {
    /** How the value at one place of the order must stand to the last document's. */
    enum Relation {
        SAME,
        AFTER,
        PRESENT,
        ABSENT
    }

    /**
     * A bound on one field of the order.
     *
     * @param field null for the key
     * @param value the last document's; null when absent there, or when the relation needs none
     */
    record Bound(
            @Nullable String field,
            Relation relation,
            @Nullable Object value) {}

    /** A part of the order: documents within all of its bounds. */
    record KeyInterval(List<Bound> bounds) {
        static final KeyInterval WHOLE = new KeyInterval(List.of());
    }

    private Paging() {}

    static boolean descending(Query query) {
        return !query.sort().isEmpty() && query.sort().getFirst().descending();
    }

    /** The intervals in which a query's page lies, in order. */
    static List<KeyInterval> intervals(Cursors cursors, CollectionType<?> type, Query query) {
        if (query.after() == null) {
            return List.of(KeyInterval.WHOLE);
        }
        var cursor = cursors.decoded(type, query, query.after());
        var values = cursor.values();
        var intervals = new ArrayList<KeyInterval>();
        for (int place = values.size(); place >= 0; place--) {
            var same = new ArrayList<Bound>();
            for (int i = 0; i < place; i++) {
                same.add(new Bound(query.sort().get(i).field(), Relation.SAME, values.get(i)));
            }
            if (place == values.size()) {
                intervals.add(with(same, new Bound(null, Relation.AFTER, cursor.key())));
                continue;
            }
            var field = query.sort().get(place).field();
            var value = values.get(place);
            if (!descending(query)) {
                var relation = value == null ? Relation.PRESENT : Relation.AFTER;
                intervals.add(with(same, new Bound(field, relation, value)));
            } else if (value != null) {
                intervals.add(with(same, new Bound(field, Relation.AFTER, value)));
                intervals.add(with(same, new Bound(field, Relation.ABSENT, null)));
            }
        }
        return intervals;
    }

    private static KeyInterval with(List<Bound> same, Bound last) {
        var bounds = new ArrayList<>(same);
        bounds.add(last);
        return new KeyInterval(bounds);
    }

    /** The page of the first documents found; one more than the limit tells that another page follows. */
    static <T> Page<T> page(Cursors cursors, CollectionType<T> type, Query query, List<Found> found) {
        boolean more = found.size() > query.limit();
        var shown = more ? found.subList(0, query.limit()) : found;
        var items = shown.stream().map(each -> each.stored(type)).toList();
        return new Page<>(items, more ? cursors.encoded(type, query, place(query, shown.getLast())) : null);
    }

    /** A document as an engine read it. */
    record Found(String key, long rev, long position, Document document) {
        <T> Stored<T> stored(CollectionType<T> type) {
            return new Stored<>(key, rev, position, type.read(key, document));
        }
    }

    private static Cursors.Place place(Query query, Found last) {
        var values = new ArrayList<@Nullable Object>();
        query.sort().forEach(sort -> values.add(last.document().get(sort.field())));
        return new Cursors.Place(values, last.key());
    }
}
