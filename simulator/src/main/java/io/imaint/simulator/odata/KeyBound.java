package io.imaint.simulator.odata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place between two keys in the order of keys.
 *
 * @param prefix the first parts of a key
 * @param after behind all keys that begin with the prefix, else before them
 */
record KeyBound(List<String> prefix, boolean after) implements Comparable<KeyBound> {
    static final KeyBound START = new KeyBound(List.of(), false);
    static final KeyBound END = new KeyBound(List.of(), true);

    static KeyBound before(List<String> prefix) {
        return new KeyBound(prefix, false);
    }

    static KeyBound after(List<String> prefix) {
        return new KeyBound(prefix, true);
    }

    /** Below zero when the row's key lies before this bound, above when behind it; never zero. */
    int place(@Nullable Object[] row) {
        for (int i = 0; i < prefix.size(); i++) {
            int order = Filter.text(row[i]).compareTo(prefix.get(i));
            if (order != 0) {
                return order;
            }
        }
        return after ? -1 : 1;
    }

    @Override
    public int compareTo(KeyBound other) {
        int common = Math.min(prefix.size(), other.prefix.size());
        for (int i = 0; i < common; i++) {
            int order = prefix.get(i).compareTo(other.prefix.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (prefix.size() == other.prefix.size()) {
            return Boolean.compare(after, other.after);
        }
        // The shorter prefix embraces the longer one: it lies before or behind all of it.
        return prefix.size() < other.prefix.size() ? (after ? 1 : -1) : (other.after ? -1 : 1);
    }
}
