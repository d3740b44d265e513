package io.imaint.simulator.plant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one set by their numbers, which count in the order of the keys. For one thread. */
interface NumberedRows {
    long count();

    /** One part of the key of a row. */
    String key(long index, int part);

    /** Writes every value of a row. */
    void fill(long index, @Nullable Object[] row);

    /** The rows from the first whose key is not less than {@code from}. */
    default PlantData.Rows from(List<String> from) {
        return new Walk(this, seek(from));
    }

    /** The number of the first row whose key is not less than {@code from}, found by halving. */
    default long seek(List<String> from) {
        long low = 0;
        long high = from.isEmpty() ? 0 : count();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (before(middle, from)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean before(long index, List<String> from) {
        for (int part = 0; part < from.size(); part++) {
            int order = key(index, part).compareTo(from.get(part));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /** Rows one after the other. */
    final class Walk implements PlantData.Rows {
        private final NumberedRows rows;
        private final long end;
        private long next;

        private Walk(NumberedRows rows, long from) {
            this.rows = rows;
            this.end = rows.count();
            this.next = from;
        }

        @Override
        public boolean next(@Nullable Object[] row) {
            if (next >= end) {
                return false;
            }
            rows.fill(next++, row);
            return true;
        }
    }
}
