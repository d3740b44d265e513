package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import org.jspecify.annotations.Nullable;

/** The values of a row that is being made, by the names of their properties. */
final class RowValues {
    private final EntitySet set;
    private final @Nullable Object[] values;

    RowValues(EntitySet set, @Nullable Object[] values) {
        this.set = set;
        this.values = values;
    }

    void put(String property, @Nullable Object value) {
        values[set.place(property)] = value;
    }

    @Nullable
    Object get(String property) {
        return values[set.place(property)];
    }
}
