package io.imaint.simulator.plant;

import java.util.List;

/** The choice of one row among those that a table holds of one object, for its languages or its times. */
final class Texts {
    private Texts() {}

    /** The English text of an object, else any; -1 if there is none. */
    static int row(ExtractTable texts, String key) {
        KeyOrder order = texts.order();
        int chosen = order.find(key);
        if (chosen < 0) {
            return -1;
        }
        for (int place = order.seek(List.of(key)); order.matches(place, key); place++) {
            String language = texts.text("SPRAS", order.row(place));
            if (language.equals("E") || language.equals("EN")) {
                return order.row(place);
            }
        }
        return chosen;
    }

    /** The last row of an object, in a table whose key ends with the end of validity. */
    static int last(ExtractTable times, String key) {
        KeyOrder order = times.order();
        int chosen = order.find(key);
        if (chosen < 0) {
            return -1;
        }
        // Empty cells sort first, so the last place is the latest end.
        for (int place = order.seek(List.of(key)); order.matches(place, key); place++) {
            chosen = order.row(place);
        }
        return chosen;
    }
}
