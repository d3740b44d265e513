package io.imaint.checks;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.PlantData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The first rows of each set of a plant, so that hundreds of loads take minutes. */
final class SmallPlant implements PlantData {
    private final PlantData whole;
    private final int rowsMax;
    private final Map<EntitySet, List<@Nullable Object[]>> sets = new ConcurrentHashMap<>();

    SmallPlant(PlantData whole, int rowsMax) {
        this.whole = whole;
        this.rowsMax = rowsMax;
    }

    private List<@Nullable Object[]> rows(EntitySet set) {
        return sets.computeIfAbsent(set, unread -> {
            var rows = new ArrayList<@Nullable Object[]>();
            var reader = whole.rows(set, List.of());
            var row = new @Nullable Object[set.properties().size()];
            while (rows.size() < rowsMax && reader.next(row)) {
                rows.add(row.clone());
            }
            return List.copyOf(rows);
        });
    }

    @Override
    public long count(EntitySet set) {
        return rows(set).size();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        var rows = rows(set).stream().filter(row -> !isBefore(row, from)).iterator();
        return target -> {
            if (!rows.hasNext()) {
                return false;
            }
            var row = rows.next();
            System.arraycopy(row, 0, target, 0, row.length);
            return true;
        };
    }

    private static boolean isBefore(@Nullable Object[] row, List<String> from) {
        for (int i = 0; i < from.size(); i++) {
            int order = String.valueOf(row[i]).compareTo(from.get(i));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    @Override
    public String description() {
        return "the first %d rows of each set of %s".formatted(rowsMax, whole.description());
    }
}
