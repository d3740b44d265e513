package io.imaint.simulator.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity set and its type. A row of it is an array of values in the order of its properties; the key comes first. */
public final class EntitySet {
    /** What can be done with a set beside reading it. */
    public enum Ability {
        /** Its changes can be asked for with a delta token. */
        DELTA,
        CREATE,
        UPDATE,
        DELETE,
        /** Its entities are files; creating one uploads it. */
        MEDIA
    }

    private final String namespace;
    private final String typeName;
    private final String name;
    private final List<Property> properties;
    private final int keyLength;
    private final Set<Ability> abilities;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * @param type the type's name; the set's follows behind a colon where it is not the type's with Set
     */
    EntitySet(String namespace, String type, Set<Ability> abilities, List<Property> properties) {
        int colon = type.indexOf(':');
        this.namespace = namespace;
        this.typeName = colon < 0 ? type : type.substring(0, colon);
        this.name = colon < 0 ? type + "Set" : type.substring(colon + 1);
        this.abilities = Set.copyOf(abilities);
        this.properties = List.copyOf(properties);
        this.keyLength = (int) this.properties.stream().filter(Property::key).count();
        for (int i = 0; i < properties.size(); i++) {
            if (properties.get(i).key() != i < keyLength) {
                throw new AssertionError("the key of " + typeName + " must come first");
            }
            places.put(properties.get(i).name(), i);
        }
    }

    /** The namespace of the type. */
    public String namespace() {
        return namespace;
    }

    /** The entity type's name, such as {@code WorkOrder}. */
    public String typeName() {
        return typeName;
    }

    /** The set's name, such as {@code WorkOrderSet}. */
    public String name() {
        return name;
    }

    public List<Property> properties() {
        return properties;
    }

    /** How many of the first properties make the key. */
    public int keyLength() {
        return keyLength;
    }

    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    /** Whether entities carry an ETag: those that a caller can create or change. */
    public boolean tagged() {
        return can(Ability.CREATE) || can(Ability.UPDATE);
    }

    /** The place of a property in a row; an error in the code for a name the set does not have. */
    public int place(String property) {
        Integer place = places.get(property);
        if (place == null) {
            throw new AssertionError(name() + " has no property " + property);
        }
        return place;
    }

    public boolean has(String property) {
        return places.containsKey(property);
    }

    public @Nullable Property find(String property) {
        Integer place = places.get(property);
        return place == null ? null : properties.get(place);
    }

    @Override
    public String toString() {
        return name;
    }
}
