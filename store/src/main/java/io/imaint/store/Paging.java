package io.imaint.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
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
    /** Two sort values of a few hundred characters and a key fit; a longer cursor is not ours. */
    private static final int CURSOR_LENGTH_MAX = 8_192;

    private static final int FINGERPRINT_BYTES = 9;
    private static final String FINGERPRINT = "q";
    private static final String VALUES = "v";
    private static final String KEY = "k";

    /** How a value of the sort order compares with the last document's. */
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

    /** The intervals of a page, in order. */
    static List<KeyInterval> intervals(CollectionType<?> type, Query query) {
        if (query.after() == null) {
            return List.of(KeyInterval.WHOLE);
        }
        var cursor =
                decoded(query.after(), fingerprint(type, query), query.sort().size());
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

    /** The page of the first documents; one more than the limit shows that another page follows. */
    static <T> Page<T> page(CollectionType<T> type, Query query, List<Found> found) {
        boolean more = found.size() > query.limit();
        var shown = more ? found.subList(0, query.limit()) : found;
        var items = shown.stream().map(each -> each.stored(type)).toList();
        return new Page<>(items, more ? encoded(type, query, shown.getLast()) : null);
    }

    /** A document as an engine read it. */
    record Found(String key, long rev, long position, Document document) {
        <T> Stored<T> stored(CollectionType<T> type) {
            return new Stored<>(key, rev, position, type.read(document));
        }
    }

    private static String encoded(CollectionType<?> type, Query query, Found last) {
        var values = new ArrayList<@Nullable Object>();
        query.sort().forEach(sort -> values.add(last.document().get(sort.field())));
        var cursor = new Document()
                .putKept(FINGERPRINT, fingerprint(type, query))
                .putKept(VALUES, values)
                .putKept(KEY, last.key());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Jsonb.write(cursor));
    }

    private record Cursor(List<@Nullable Object> values, String key) {}

    private static Cursor decoded(String text, String fingerprint, int places) {
        try {
            if (text.length() <= CURSOR_LENGTH_MAX) {
                var cursor = Jsonb.read(Base64.getUrlDecoder().decode(text));
                if (fingerprint.equals(cursor.get(FINGERPRINT))
                        && cursor.get(VALUES) instanceof List<?> values
                        && values.size() == places
                        && cursor.get(KEY) instanceof String key) {
                    return new Cursor(new ArrayList<>(values), key);
                }
            }
        } catch (IllegalArgumentException | ClassCastException notOurs) {
            throw StoreProblem.CURSOR_INVALID.because("it cannot be read", notOurs);
        }
        throw StoreProblem.CURSOR_INVALID.because("it belongs to another query");
    }

    private static String fingerprint(CollectionType<?> type, Query query) {
        var question = type.name() + '\n' + query.where() + '\n' + query.sort();
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, FINGERPRINT_BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // Every Java has it.
        }
    }

    /** True when an index over the first fields gives the order of the second. */
    static boolean startsWith(List<String> fields, List<String> start) {
        return fields.size() >= start.size() && Objects.equals(fields.subList(0, start.size()), start);
    }
}
