package io.imaint.simulator.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entity set and its type. A row of it is an array of values in the order of its properties; the key comes first. */
public final class EntitySet {
    private final String typeName;
    private final List<Property> properties;
    private final int keyLength;
    private final Map<String, Integer> places = new HashMap<>();

    EntitySet(String typeName, Property... properties) {
        this.typeName = typeName;
        this.properties = List.of(properties);
        this.keyLength = (int) this.properties.stream().filter(Property::key).count();
        for (int i = 0; i < properties.length; i++) {
            if (properties[i].key() != i < keyLength) {
                throw new AssertionError("the key of " + typeName + " must come first");
            }
            places.put(properties[i].name(), i);
        }
    }

    /** The entity type's name, such as {@code WorkOrder}. */
    public String typeName() {
        return typeName;
    }

    /** The set's name, such as {@code WorkOrderSet}. */
    public String name() {
        return typeName + "Set";
    }

    public List<Property> properties() {
        return properties;
    }

    /** How many of the first properties make the key. */
    public int keyLength() {
        return keyLength;
    }

    /** The place of a property in a row; an error in the code for a name the set does not have. */
    public int place(String property) {
        Integer place = places.get(property);
        if (place == null) {
            throw new AssertionError(name() + " has no property " + property);
        }
        return place;
    }

    public @Nullable Property find(String property) {
        Integer place = places.get(property);
        return place == null ? null : properties.get(place);
    }

    @Override
    public String toString() {
        return name();
    }
}
