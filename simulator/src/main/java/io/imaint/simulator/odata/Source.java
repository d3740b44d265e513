package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.odata.Resource.Entity;
import io.imaint.simulator.odata.Resource.Step;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantData.Rows;
import io.imaint.simulator.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where entities are looked up: in the plant, or in the plant as a change that is not kept yet will leave it. */
interface Source {
    /** One entity, as a copy. */
    Optional<Row> find(EntitySet set, List<String> key);

    /** The rows from a key, or the beginning of one, on. */
    Rows rows(EntitySet set, List<String> from);

    static Source of(PlantData data) {
        return new Source() {
            @Override
            public Optional<Row> find(EntitySet set, List<String> key) {
                return data.find(set, key);
            }

            @Override
            public Rows rows(EntitySet set, List<String> from) {
                return data.rows(set, from);
            }
        };
    }

    /** Of this, rows end where their keys no longer begin with what was asked for. */
    static Source of(Change change) {
        return new Source() {
            @Override
            public Optional<Row> find(EntitySet set, List<String> key) {
                return change.find(set, key);
            }

            @Override
            public Rows rows(EntitySet set, List<String> from) {
                var rows = change.under(set, from.toArray(String[]::new)).iterator();
                return row -> {
                    if (!rows.hasNext()) {
                        return false;
                    }
                    System.arraycopy(rows.next().values(), 0, row, 0, row.length);
                    return true;
                };
            }
        };
    }

    /**
     * The entity that a path names.
     *
     * @throws ODataFault if there is none
     */
    default Row the(Entity entity) {
        return found(entity).orElseThrow(() -> ODataFault.noEntity(entity.set().typeName()));
    }

    private Optional<Row> found(Entity entity) {
        if (entity.step().isEmpty()) {
            return find(entity.set(), entity.key());
        }
        var step = entity.step().get();
        var prefix = prefix(step.way(), the(step.from()).values());
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        if (entity.key().isEmpty()) {
            return find(entity.set(), prefix.get());
        }
        var led = entity.key().subList(0, prefix.get().size()).equals(prefix.get());
        return led ? find(entity.set(), entity.key()) : Optional.empty();
    }

    /**
     * With what the keys begin to which a step leads.
     *
     * @throws ODataFault if the entity it starts from does not exist
     */
    default Optional<List<String>> prefix(Step step) {
        return prefix(step.way(), the(step.from()).values());
    }

    /** With what the keys begin to which a way leads from a row; empty where the row says nothing. */
    static Optional<List<String>> prefix(Navigation way, @Nullable Object[] row) {
        var prefix = new ArrayList<String>();
        for (var name : way.by()) {
            var part = Filter.text(row[way.from().place(name)]);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            prefix.add(part);
        }
        return Optional.of(prefix);
    }
}
