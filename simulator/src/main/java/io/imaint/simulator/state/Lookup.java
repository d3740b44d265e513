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
 * Finds rows by properties outside their key, as a secondary index of a database table does. Where the unchanging rows
 * cannot tell by themselves, all of them are read when they are first asked for. What it finds may have changed since:
 * the caller looks at the rows. For the thread that writes.
 */
final class Lookup {
    private final EntitySet set;
    private final List<String> properties;
    private final PlantData base;
    private final int[] places;
    private final Map<List<Object>, Set<Key>> changed = new HashMap<>();
    private @Nullable Map<List<Object>, List<Key>> unchanging;

    /**
     * @param properties ascending
     */
    Lookup(EntitySet set, List<String> properties, PlantData base) {
        this.set = set;
        this.properties = properties;
        this.base = base;
        this.places = properties.stream().mapToInt(set::place).toArray();
    }

    void put(@Nullable Object[] row) {
        var values = values(row);
        if (values != null) {
            changed.computeIfAbsent(values, none -> new LinkedHashSet<>()).add(Key.of(row, set.keyLength()));
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
        var keys = new LinkedHashSet<Key>();
        var told = base.keysHaving(set, properties, values);
        if (told == null) {
            keys.addAll(unchanging().getOrDefault(values, List.of()));
        } else {
            told.forEach(key -> keys.add(new Key(key)));
        }
        keys.addAll(changed.getOrDefault(values, Set.of()));
        return keys;
    }

    private Map<List<Object>, List<Key>> unchanging() {
        var known = unchanging;
        if (known == null) {
            known = readAll();
            unchanging = known;
        }
        return known;
    }

    private Map<List<Object>, List<Key>> readAll() {
        var all = new HashMap<List<Object>, List<Key>>();
        var row = new @Nullable Object[set.properties().size()];
        var rows = base.rows(set, List.of());
        while (rows.next(row)) {
            var values = values(row);
            if (values != null) {
                all.computeIfAbsent(values, none -> new ArrayList<>(1)).add(Key.of(row, set.keyLength()));
            }
        }
        return all;
    }
}
