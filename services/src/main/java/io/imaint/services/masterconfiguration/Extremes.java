package io.imaint.services.masterconfiguration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out most of a series without changing the picture that a chart makes of it. The series is cut into spans of
 * equally many values, and of each the least and the greatest are kept, in their order: maintenance looks for peaks, which
 * averages would hide. The first and the last value are always kept.
 */
final class Extremes {
    private static final int KEPT_OF_SPAN = 2;

    private Extremes() {}

    /**
     * At most {@code most} of a series, and all where there are no more.
     *
     * @param most 4 or more
     * @param value null where there is no number; of a span without numbers the first is kept
     */
    static <T> List<T> of(List<T> series, int most, Function<T, @Nullable Double> value) {
        if (series.size() <= most) {
            return series;
        }
        var inner = series.subList(1, series.size() - 1);
        int spans = (most - 2) / KEPT_OF_SPAN;
        var kept = new ArrayList<T>();
        kept.add(series.getFirst());
        for (int span = 0; span < spans; span++) {
            int from = (int) ((long) inner.size() * span / spans);
            int to = (int) ((long) inner.size() * (span + 1) / spans);
            extremes(inner.subList(from, to), value).forEach(place -> kept.add(inner.get(from + place)));
        }
        kept.add(series.getLast());
        return kept;
    }

    /** The places of the least and the greatest value of a span, in their order. */
    private static <T> List<Integer> extremes(List<T> span, Function<T, @Nullable Double> value) {
        int least = 0;
        int greatest = 0;
        for (int i = 1; i < span.size(); i++) {
            var each = value.apply(span.get(i));
            if (each == null) {
                continue;
            }
            var low = value.apply(span.get(least));
            var high = value.apply(span.get(greatest));
            least = low == null || each < low ? i : least;
            greatest = high == null || each > high ? i : greatest;
        }
        return new ArrayList<>(new LinkedHashSet<>(List.of(Math.min(least, greatest), Math.max(least, greatest))));
    }
}
