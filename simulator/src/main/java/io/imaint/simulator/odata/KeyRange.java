package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.odata.Filter.And;
import io.imaint.simulator.odata.Filter.Comparison;
import io.imaint.simulator.odata.Filter.Match;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Filter.Or;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys between two bounds. */
record KeyRange(KeyBound low, KeyBound high) {
    private static final KeyRange FULL = new KeyRange(KeyBound.START, KeyBound.END);

    boolean full() {
        return equals(FULL);
    }

    /**
     * Ranges that hold every key the filter can match, in order and apart from each other. They may hold keys that the
     * filter does not match, so it must still be asked.
     */
    static List<KeyRange> of(Filter filter, EntitySet set) {
        var merged = new ArrayList<KeyRange>();
        union(filter, set).stream()
                .filter(range -> range.low.compareTo(range.high) < 0)
                .sorted(Comparator.comparing(KeyRange::low))
                .forEach(range -> {
                    var last = merged.isEmpty() ? null : merged.getLast();
                    if (last == null || last.high.compareTo(range.low) < 0) {
                        merged.add(range);
                    } else if (last.high.compareTo(range.high) < 0) {
                        merged.set(merged.size() - 1, new KeyRange(last.low, range.high));
                    }
                });
        return List.copyOf(merged);
    }

    /** What of the ranges lies behind a bound. */
    static List<KeyRange> behind(List<KeyRange> ranges, KeyBound bound) {
        return ranges.stream()
                .filter(range -> bound.compareTo(range.high) < 0)
                .map(range -> bound.compareTo(range.low) > 0 ? new KeyRange(bound, range.high) : range)
                .toList();
    }

    private static List<KeyRange> union(Filter filter, EntitySet set) {
        return switch (filter) {
            case Or or ->
                or.terms().stream().flatMap(term -> union(term, set).stream()).toList();
            case And and -> all(and.terms(), set);
            case Comparison comparison -> all(List.of(comparison), set);
            case Match match -> all(List.of(match), set);
            case Filter.Not not -> List.of(FULL);
            case Filter.Calculated calculated -> List.of(FULL);
            case Filter.Everything everything -> List.of(FULL);
        };
    }

    /** The equalities on the key's first parts give a prefix, the bounds on the part that follows narrow it. */
    private static List<KeyRange> all(List<Filter> terms, EntitySet set) {
        var prefix = new ArrayList<String>();
        while (prefix.size() < set.keyLength()) {
            var value = equalTo(terms, prefix.size());
            if (value == null) {
                break;
            }
            prefix.add(value);
        }
        var range = new KeyRange(KeyBound.before(List.copyOf(prefix)), KeyBound.after(List.copyOf(prefix)));
        if (prefix.size() < set.keyLength()) {
            for (var term : terms) {
                range = range.narrowed(bounds(term, prefix));
            }
        }
        if (range.full()) {
            for (var term : terms) {
                if (term instanceof Or or) {
                    var ranges = union(or, set);
                    if (ranges.stream().noneMatch(KeyRange::full)) {
                        return ranges;
                    }
                }
            }
        }
        return List.of(range);
    }

    private KeyRange narrowed(KeyRange other) {
        return new KeyRange(
                low.compareTo(other.low) < 0 ? other.low : low, high.compareTo(other.high) > 0 ? other.high : high);
    }

    private static @Nullable String equalTo(List<Filter> terms, int place) {
        for (var term : terms) {
            if (term instanceof Comparison comparison
                    && comparison.place() == place
                    && comparison.operator() == Operator.EQ
                    && comparison.value() instanceof String text) {
                return text;
            }
        }
        return null;
    }

    private static KeyRange bounds(Filter term, List<String> prefix) {
        if (term instanceof Comparison comparison
                && comparison.place() == prefix.size()
                && comparison.value() instanceof String text) {
            var key = followedBy(prefix, text);
            return switch (comparison.operator()) {
                case GE -> new KeyRange(KeyBound.before(key), KeyBound.END);
                case GT -> new KeyRange(KeyBound.after(key), KeyBound.END);
                case LE -> new KeyRange(KeyBound.START, KeyBound.after(key));
                case LT -> new KeyRange(KeyBound.START, KeyBound.before(key));
                case EQ, NE -> FULL;
            };
        }
        if (term instanceof Match match && match.place() == prefix.size() && match.kind() == Filter.Kind.STARTS) {
            var text = match.wanted();
            var next = successor(text);
            return new KeyRange(
                    KeyBound.before(followedBy(prefix, text)),
                    next.isEmpty() ? KeyBound.END : KeyBound.before(followedBy(prefix, next)));
        }
        return FULL;
    }

    private static List<String> followedBy(List<String> prefix, String part) {
        var key = new ArrayList<>(prefix);
        key.add(part);
        return List.copyOf(key);
    }

    /** The least text that is greater than all which begin with this one; empty when there is none. */
    private static String successor(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (text.charAt(i) != Character.MAX_VALUE) {
                return text.substring(0, i) + (char) (text.charAt(i) + 1);
            }
        }
        return "";
    }
}
