package io.imaint.integration.odata;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one row of a page read, filled anew for each entity. */
final class RowBuffer implements Row {
    private final EntityType type;
    private final @Nullable Object[] values;

    RowBuffer(EntityType type) {
        this.type = type;
        this.values = new @Nullable Object[type.properties().size()];
    }

    void clear() {
        Arrays.fill(values, null);
    }

    void put(int property, @Nullable Object value) {
        values[property] = value;
    }

    @Override
    public EntityType type() {
        return type;
    }

    @Override
    public @Nullable Object value(int property) {
        return values[property];
    }
}
