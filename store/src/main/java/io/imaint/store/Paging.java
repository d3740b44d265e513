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
 * Where the next page begins: after the last document seen, in an order that is total because the key ends it.
 *
 * <p>"After (a, b, key)" is a disjunction, which makes databases read an index from its beginning. So it is cut into
 * intervals of the order that follow each other, each a contiguous part of one index: first the documents that share a
 * and b and have a later key, then those that share a and have a later b, then those with a later a. Null stands before
 * every value, so in descending order an interval of the nulls follows each interval of values. A page is read interval by
 * interval until it is full, usually from the first one alone.
 */
final class Paging {
    /** Two sort values of a few hundred characters and a key fit; longer ones are nobody's cursor. */
    private static final int CURSOR_LENGTH_MAX = 8_192;

    private static final int FINGERPRINT_BYTES = 9;
    private static final String FINGERPRINT = "q";
    private static final String VALUES = "v";
    private static final String KEY = "k";

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

    /** The page of the first documents found; one more than the limit tells that another page follows. */
    static <T> Page<T> page(CollectionType<T> type, Query query, List<Found> found) {
        boolean more = found.size() > query.limit();
        var shown = more ? found.subList(0, query.limit()) : found;
        var items = shown.stream().map(each -> each.stored(type)).toList();
        return new Page<>(items, more ? encoded(type, query, shown.getLast()) : null);
    }

    /** A document as an engine read it. */
    record Found(String key, long rev, long position, Document document) {
        <T> Stored<T> stored(CollectionType<T> type) {
            return new Stored<>(key, rev, position, type.read(key, document));
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
