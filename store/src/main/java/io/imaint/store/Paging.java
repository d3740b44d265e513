package io.imaint.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keyset paging: the next page begins after the last document of the previous one. The sort order ends with the key, so it
 * is total.
 *
 * <p>"After (a, b, key)" is a disjunction, for which databases read an index from its start. So it is split into
 * intervals, each a contiguous part of one index: first the documents with the same a
 * and b and a later key, then those with the same a and a later b, then those with a later a. Null sorts before
 * every value, so in descending order an interval of nulls follows each interval of values. A page is read interval by
 * interval until it is full, usually from the first interval alone.
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
     * A bound on one field of the sort order.
     *
     * @param field null for the key
     * @param value the last document's; null when absent there, or when the relation needs none
     */
    record Bound(
            @Nullable String field,
            Relation relation,
            @Nullable Object value) {}

    /** A part of the sort order: the documents within all its bounds. */
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

    /** A document as it was found. */
    record Found(String key, long rev, long position, Kept kept) {
        Found(String key, long rev, long position, Document document) {
            this(key, rev, position, Kept.of(document));
        }

        Document document() {
            return kept.document();
        }

        <T> Stored<T> stored(CollectionType<T> type) {
            return new Stored<>(key, rev, position, type.read(key, kept));
        }
    }

    private static Cursors.Place place(Query query, Found last) {
        var values = new ArrayList<@Nullable Object>();
        query.sort().forEach(sort -> values.add(last.document().get(sort.field())));
        return new Cursors.Place(values, last.key());
    }
}
