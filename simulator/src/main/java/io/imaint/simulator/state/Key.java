package io.imaint.simulator.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of an entity, or its first parts; ordered part by part, the shorter first. */
record Key(List<String> parts) implements Comparable<Key> {
    boolean startsWith(Key prefix) {
        int length = prefix.parts.size();
        return parts.size() >= length && parts.subList(0, length).equals(prefix.parts);
    }

    static Key of(@Nullable Object[] row, int length) {
        var parts = new String[length];
        for (int i = 0; i < length; i++) {
            parts[i] = row[i] instanceof String text ? text : "";
        }
        return new Key(List.of(parts));
    }

    /** Where a row stands to this key: below zero when before it. */
    int placeOf(@Nullable Object[] row) {
        for (int i = 0; i < parts.size(); i++) {
            int order = (row[i] instanceof String text ? text : "").compareTo(parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public int compareTo(Key other) {
        int common = Math.min(parts.size(), other.parts.size());
        for (int i = 0; i < common; i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }
}
