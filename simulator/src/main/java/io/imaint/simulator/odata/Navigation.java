package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.util.List;
import java.util.Optional;

/**
 * A way from one entity to the entities whose keys begin with its key.
 *
 * @param name the navigation property
 */
record Navigation(String name, EntitySet from, EntitySet to) {
    static final List<Navigation> ALL =
            List.of(new Navigation("Operations", IcwpModel.WORK_ORDER, IcwpModel.OPERATION));

    static Optional<Navigation> find(EntitySet from, String name) {
        return from(from).stream().filter(way -> way.name.equals(name)).findFirst();
    }

    static List<Navigation> from(EntitySet set) {
        return ALL.stream().filter(way -> way.from.equals(set)).toList();
    }

    String association() {
        return from.typeName() + to.typeName() + "s";
    }
}
