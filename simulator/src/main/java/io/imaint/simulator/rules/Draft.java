package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity that a caller wants to be created.
 *
 * @param values what was given, by property, in the types that {@code EdmType} names and in SAP's internal form; what
 *     was not given is absent. Types and lengths have been checked, and that each property may be given.
 * @param children what is to be created below it (deep insert), in the order given
 */
public record Draft(EntitySet set, Map<String, @Nullable Object> values, Map<Navigation, List<Draft>> children) {
    /** A row of what was given. */
    Row row() {
        var row = Row.of(set);
        values.forEach(row::set);
        return row;
    }

    /** What is to be created in a set below it. */
    List<Draft> below(EntitySet wanted) {
        return children.entrySet().stream()
                .filter(entry -> entry.getKey().to().equals(wanted))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
