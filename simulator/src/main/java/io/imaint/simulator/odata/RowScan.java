package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.PlantData;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a set that a filter matches, in the order of their keys. It seeks to each range and reads no further. */
final class RowScan implements PlantData.Rows {
    private final PlantData data;
    private final EntitySet set;
    private final Filter filter;
    private final Iterator<KeyRange> ranges;
    private KeyRange range = new KeyRange(KeyBound.START, KeyBound.START);
    private PlantData.@Nullable Rows rows;

    RowScan(PlantData data, EntitySet set, Filter filter, List<KeyRange> ranges) {
        this.data = data;
        this.set = set;
        this.filter = filter;
        this.ranges = ranges.iterator();
    }

    /** Moves to the next row that matches; false when there is none. */
    @Override
    public boolean next(@Nullable Object[] row) {
        while (true) {
            if (rows == null) {
                if (!ranges.hasNext()) {
                    return false;
                }
                range = ranges.next();
                rows = data.rows(set, range.low().prefix());
            }
            if (!rows.next(row) || range.high().place(row) > 0) {
                rows = null;
            } else if (range.low().place(row) > 0 && filter.matches(row)) {
                return true;
            }
        }
    }

    /** How many rows match; what is known without reading is not read. */
    static long count(PlantData data, EntitySet set, Filter filter) {
        if (filter instanceof Filter.Everything) {
            return data.count(set);
        }
        var scan = new RowScan(data, set, filter, KeyRange.of(filter, set));
        var row = new @Nullable Object[set.properties().size()];
        long count = 0;
        while (scan.next(row)) {
            count++;
        }
        return count;
    }
}
