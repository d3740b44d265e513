package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.PlantData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by properties outside their key, as a secondary index of a database table does. It is filled when it is
 * first asked for and kept up from then on. What it finds may have changed since: the caller looks at the rows. For the
 * thread that writes.
 */
final class Lookup {
    private final int[] places;
    private final int keyLength;
    private final Map<List<Object>, List<Key>> unchanging = new HashMap<>();
    private final Map<List<Object>, Set<Key>> changed = new HashMap<>();

    Lookup(EntitySet set, List<String> properties, PlantData base) {
        this.places = properties.stream().mapToInt(set::place).toArray();
        this.keyLength = set.keyLength();
        var row = new @Nullable Object[set.properties().size()];
        var rows = base.rows(set, List.of());
        while (rows.next(row)) {
            var values = values(row);
            if (values != null) {
                unchanging.computeIfAbsent(values, none -> new ArrayList<>(1)).add(Key.of(row, keyLength));
            }
        }
    }

    void put(@Nullable Object[] row) {
        var values = values(row);
        if (values != null) {
            changed.computeIfAbsent(values, none -> new LinkedHashSet<>()).add(Key.of(row, keyLength));
        }
    }

    /** Null where one of them is initial: such rows are many, and nobody asks for them. */
    private @Nullable List<Object> values(@Nullable Object[] row) {
        var values = new ArrayList<Object>(places.length);
        for (int place : places) {
            var value = row[place];
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    /** The keys of rows that have, or once had, these values. */
    Set<Key> find(List<Object> values) {
        var keys = new LinkedHashSet<>(unchanging.getOrDefault(values, List.of()));
        keys.addAll(changed.getOrDefault(values, Set.of()));
        return keys;
    }
}
