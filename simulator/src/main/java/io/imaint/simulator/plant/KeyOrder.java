package io.imaint.simulator.plant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table in the order of some of its columns, empty cells first; the rows with a key are found by halving. */
final class KeyOrder {
    private final List<Column> by;
    private final int[] rows;

    KeyOrder(List<Column> by, int count) {
        this.by = by;
        int[] sorted = new int[count];
        for (int row = 0; row < count; row++) {
            sorted[row] = row;
        }
        this.rows = sort(sorted);
    }

    int size() {
        return rows.length;
    }

    int row(int place) {
        return rows[place];
    }

    /** The first place whose row is not before the key's first parts. */
    int seek(List<String> key) {
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(rows[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first row with the key's first parts, or -1. */
    int find(String... key) {
        List<String> parts = List.of(key);
        if (by.size() < key.length || parts.getFirst().isEmpty()) {
            return -1;
        }
        int place = seek(parts);
        return place < rows.length && compare(rows[place], parts) == 0 ? rows[place] : -1;
    }

    boolean matches(int place, String key) {
        return place < rows.length && compare(rows[place], List.of(key)) == 0;
    }

    private int compare(int row, List<String> key) {
        for (int part = 0; part < key.size(); part++) {
            int order = by.get(part).text(row).compareTo(key.get(part));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    int compare(int one, int other) {
        for (Column column : by) {
            int order = compare(column.at(one), column.at(other));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A column holds values of one comparable type.
    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return (one == null ? 0 : 1) - (other == null ? 0 : 1);
        }
        return ((Comparable) one).compareTo(other);
    }

    /** A stable merge sort from below, which costs one pass if the rows are in order, as exports are. */
    private int[] sort(int[] from) {
        int[] source = from;
        int[] target = new int[from.length];
        boolean sorted = true;
        for (int i = 1; i < from.length && sorted; i++) {
            sorted = compare(from[i - 1], from[i]) <= 0;
        }
        for (long width = 1; !sorted && width < from.length; width *= 2) {
            for (long start = 0; start < from.length; start += 2 * width) {
                int middle = (int) Math.min(start + width, from.length);
                int end = (int) Math.min(start + 2 * width, from.length);
                merge(source, target, new int[] {(int) start, middle, end});
            }
            int[] swapped = source;
            source = target;
            target = swapped;
        }
        return source;
    }

    private void merge(int[] source, int[] target, int[] bounds) {
        int left = bounds[0];
        int right = bounds[1];
        for (int i = bounds[0]; i < bounds[2]; i++) {
            boolean takeLeft = right == bounds[2] || (left < bounds[1] && compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }
}
