package io.imaint.store;

import org.jspecify.annotations.Nullable;

/** Prefixes as ranges, which every index supports. */
final class Prefixes {
    private Prefixes() {}

    /** The smallest text that is greater than every text with this prefix; null when there is none. */
    static @Nullable String end(String start) {
        var points = start.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                // Surrogates are not characters, so the next one stands after them.
                points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
                return new String(points, 0, last + 1);
            }
        }
        return null;
    }
}
