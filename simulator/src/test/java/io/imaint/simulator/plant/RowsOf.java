package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Rows of a set as lists, for comparing. */
final class RowsOf {
    /** Sets that are not larger are read whole. */
    private static final int WHOLE = 60_000;

    private static final int WINDOWS = 50;
    private static final int WINDOW_ROWS = 30;

    private RowsOf() {}

    static List<Row> all(PlantData data, EntitySet set) {
        return from(data, set, List.of(), Integer.MAX_VALUE);
    }

    static List<Row> from(PlantData data, EntitySet set, List<String> from, int most) {
        List<Row> rows = new ArrayList<>();
        @Nullable Object[] row = new Object[set.properties().size()];
        PlantData.Rows walk = data.rows(set, from);
        while (rows.size() < most && walk.next(row)) {
            rows.add(new Row(set, Arrays.<@Nullable Object>asList(row.clone())));
        }
        return rows;
    }

    /** The rows whose keys begin with these parts. */
    static List<Row> below(PlantData data, EntitySet set, String... parts) {
        List<Row> rows = new ArrayList<>();
        List<String> key = List.of(parts);
        @Nullable Object[] row = new Object[set.properties().size()];
        PlantData.Rows walk = data.rows(set, key);
        while (walk.next(row) && beginsWith(row, key)) {
            rows.add(new Row(set, Arrays.<@Nullable Object>asList(row.clone())));
        }
        return rows;
    }

    private static boolean beginsWith(@Nullable Object[] row, List<String> key) {
        for (int part = 0; part < key.size(); part++) {
            if (!key.get(part).equals(row[part])) {
                return false;
            }
        }
        return true;
    }

    /** All rows of a set, or of a large one some at a time from all over it, each made without those before it. */
    static List<Row> sample(Generator data, EntitySet set) {
        NumberedRows maker = data.maker(set);
        long count = maker.count();
        if (count <= WHOLE) {
            return all(data, set);
        }
        List<Row> rows = new ArrayList<>();
        @Nullable Object[] row = new Object[set.properties().size()];
        for (long window = 0; window < WINDOWS; window++) {
            long first = (count - WINDOW_ROWS) * window / (WINDOWS - 1);
            for (long index = first; index < first + WINDOW_ROWS; index++) {
                maker.fill(index, row);
                rows.add(new Row(set, Arrays.<@Nullable Object>asList(row.clone())));
            }
        }
        return rows;
    }

    /** Every value has the type and fits the length that the model names; keys are there, ascend, and are unique. */
    static void fitTheModel(PlantData data, EntitySet set) {
        List<Row> rows = all(data, set);
        Assertions.assertThat(data.count(set)).as("rows of " + set).isEqualTo(rows.size());
        fitTheModel(set, rows);
    }

    static void fitTheModel(EntitySet set, List<Row> rows) {
        List<String> before = List.of();
        for (Row row : rows) {
            for (int i = 0; i < row.values().size(); i++) {
                Property property = set.properties().get(i);
                Assertions.assertThat(fits(property, row.values().get(i)))
                        .as("%s %s = %s", set, property.name(), row.values().get(i))
                        .isTrue();
            }
            List<String> key = row.keys();
            Assertions.assertThat(compare(before, key))
                    .as("%s before %s", before, key)
                    .isNegative();
            before = key;
        }
    }

    static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return one.size() - other.size();
    }

    private static boolean fits(Property property, @Nullable Object value) {
        if (value == null) {
            return !property.key() && !property.name().equals("CHANGEDAT");
        }
        return switch (property.type()) {
            case STRING ->
                value instanceof String text
                        && text.length() <= property.length()
                        && (property.key() || !text.isEmpty());
            case DATE -> value instanceof LocalDate;
            case TIME -> value instanceof LocalTime;
            case TIMESTAMP -> value instanceof Instant;
            case DECIMAL ->
                value instanceof BigDecimal number
                        && number.scale() <= property.scale()
                        && number.precision() <= property.length();
            case INT32 -> value instanceof Integer;
            case DOUBLE -> value instanceof Double;
            case GUID -> value instanceof UUID;
        };
    }
}
