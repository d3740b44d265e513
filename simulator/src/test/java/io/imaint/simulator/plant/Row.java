package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a set, its values found by the names of the properties. */
record Row(EntitySet set, List<@Nullable Object> values) {
    /** The first part of the key. */
    String key() {
        return String.valueOf(values.get(0));
    }

    List<String> keys() {
        return values.subList(0, set.keyLength()).stream().map(String::valueOf).toList();
    }

    @Nullable
    Object value(String property) {
        return values.get(set.place(property));
    }

    String text(String property) {
        return String.valueOf(value(property));
    }

    @Nullable
    LocalDate date(String property) {
        return (LocalDate) value(property);
    }
}
