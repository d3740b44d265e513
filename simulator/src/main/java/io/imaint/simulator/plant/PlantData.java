package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the service's rows come from. Safe for use by many threads; the rows never change. */
public interface PlantData {
    /** How many rows a set has. */
    long count(EntitySet set);

    /**
     * The rows of a set in ascending order of their keys, beginning with the first whose key is not less than
     * {@code from}.
     *
     * @param from the first parts of a key, compared part by part; empty for all rows
     */
    Rows rows(EntitySet set, List<String> from);

    /** One entity, as a copy. */
    default Optional<Row> find(EntitySet set, List<String> key) {
        var row = new @Nullable Object[set.properties().size()];
        var found = Row.of(set, row);
        return rows(set, key).next(row) && found.key().equals(key) ? Optional.of(found) : Optional.empty();
    }

    /**
     * The keys of the rows with these values outside the key, in any order.
     *
     * @param properties their names, ascending
     * @return null where that cannot be told without reading the whole set
     */
    default @Nullable List<List<String>> keysHaving(EntitySet set, List<String> properties, List<Object> values) {
        return null;
    }

    /** Where the data comes from, for people and for telling one landscape from another. */
    String description();

    /** What makes this data, in one line: data that is made by the same is the same. */
    default String fingerprint() {
        return description();
    }

    /** Rows one after the other; for one thread. */
    interface Rows {
        /**
         * Moves to the next row.
         *
         * @param row receives its values in the order of the set's properties, in the types {@code EdmType} names;
         *     null where SAP's field is initial
         * @return false when there is none
         */
        boolean next(@Nullable Object[] row);
    }
}
