package io.imaint.simulator.model;

import java.util.List;

/**
 * A way from one entity to others.
 *
 * @param name the navigation property
 * @param by the properties of the entity it starts from whose values the keys of the entities it leads to begin with
 * @param many whether it leads to several entities, else to one or none
 */
public record Navigation(String name, EntitySet from, EntitySet to, List<String> by, boolean many) {
    /** The association's name in the model. */
    public String association() {
        return from.typeName() + name;
    }

    /** Whether it is led by the whole key of the entity it starts from, which a referential constraint can say. */
    public boolean byKey() {
        return by.equals(from.properties().subList(0, from.keyLength()).stream()
                .map(Property::name)
                .toList());
    }
}
