package io.imaint.gateway.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Puts steps, flows and rules in the order in which they run, which is not that of the file. */
final class Sequence<T> {
    private record Placed<T>(long place, T one) {}

    private final List<Placed<T>> all = new ArrayList<>();
    private long last = Long.MIN_VALUE;

    /** The next one in the file. One without a number runs behind its predecessor. */
    void add(OptionalInt number, T one) {
        last = number.isPresent() ? number.getAsInt() : last;
        all.add(new Placed<>(last, one));
    }

    /** In the order of their numbers; those of one number as in the file. */
    List<T> sorted() {
        return all.stream()
                .sorted(Comparator.comparingLong(Placed::place))
                .map(Placed::one)
                .toList();
    }
}
