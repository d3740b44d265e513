package io.imaint.simulator.plant;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows that are held in memory. */
final class FixedRows implements NumberedRows {
    static final FixedRows NONE = new FixedRows(List.of(), 0);

    private final List<@Nullable Object[]> rows;

    FixedRows(List<@Nullable Object[]> rows, int keyLength) {
        this.rows = rows.stream().sorted(byKey(keyLength)).toList();
    }

    private static Comparator<@Nullable Object[]> byKey(int keyLength) {
        return (one, other) -> {
            for (int part = 0; part < keyLength; part++) {
                int order = String.valueOf(one[part]).compareTo(String.valueOf(other[part]));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    @Override
    public long count() {
        return rows.size();
    }

    @Override
    public String key(long index, int part) {
        return String.valueOf(rows.get((int) index)[part]);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        @Nullable Object[] fixed = rows.get((int) index);
        System.arraycopy(fixed, 0, row, 0, fixed.length);
    }
}
