package io.imaint.simulator.odata;

import io.imaint.simulator.plant.PlantData.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The rows of one page in an order other than that of their keys. Only they are held while all are read. */
final class SortedRows {
    /** The most rows looked through for one page: a few seconds' work. */
    private static final long READ_MAX = 1_000_000;

    /** The most rows held, those that {@code $skip} passes over included. */
    private static final int HELD_MAX = 100_000;

    private SortedRows() {}

    /**
     * The first rows behind a place.
     *
     * @param rows all rows; arrays of as many values as there are properties
     * @param behind the row that ended the page before, null for none
     * @param count how many are wanted
     * @throws ODataFault if there are too many rows to sort
     */
    static Rows of(Rows rows, RowOrder order, @Nullable Object @Nullable [] behind, long count) {
        if (count > HELD_MAX) {
            throw ODataFault.tooManyRows("Sorted rows cannot be skipped beyond %d".formatted(HELD_MAX));
        }
        var last = new PriorityQueue<@Nullable Object[]>(order.reversed());
        var row = new @Nullable Object[order.set().properties().size()];
        for (long read = 0; rows.next(row); read++) {
            if (read == READ_MAX) {
                throw ODataFault.tooManyRows(
                        "More than %d rows cannot be sorted; narrow them by $filter".formatted(READ_MAX));
            }
            boolean here = behind == null || order.compare(row, behind) > 0;
            var greatest = last.size() < count ? null : last.peek();
            if (here && count > 0 && (greatest == null || order.compare(row, greatest) < 0)) {
                if (greatest != null) {
                    last.poll();
                }
                last.add(row.clone());
            }
        }
        List<@Nullable Object[]> sorted = new ArrayList<>(last);
        sorted.sort(order);
        var next = sorted.iterator();
        return target -> {
            if (!next.hasNext()) {
                return false;
            }
            System.arraycopy(next.next(), 0, target, 0, target.length);
            return true;
        };
    }
}
