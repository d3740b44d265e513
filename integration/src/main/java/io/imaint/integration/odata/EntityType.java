package io.imaint.integration.odata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An entity type, or a complex type, which is one without keys. */
public final class EntityType {
    private final String name;
    private final List<EdmProperty> properties;
    private final List<String> keys;
    private final boolean media;
    private final Map<String, Integer> places = new HashMap<>();

    public EntityType(String name, List<EdmProperty> properties, List<String> keys) {
        this(name, properties, keys, false);
    }

    /** @param media whether its entities are files with properties beside them */
    public EntityType(String name, List<EdmProperty> properties, List<String> keys, boolean media) {
        this.name = name;
        this.media = media;
        this.properties = List.copyOf(properties);
        this.keys = List.copyOf(keys);
        for (int i = 0; i < properties.size(); i++) {
            places.putIfAbsent(properties.get(i).name(), i);
        }
    }

    /** The name without its namespace, such as {@code WorkOrder}. */
    public String name() {
        return name;
    }

    /** In the document's order; a property's place in this list is its place in a row. */
    public List<EdmProperty> properties() {
        return properties;
    }

    /** The names of the key's properties, in the document's order. */
    public List<String> keys() {
        return keys;
    }

    /** Whether its entities are files ({@code m:HasStream}); the properties tell about the file. */
    public boolean media() {
        return media;
    }

    /** The place of a property, -1 for a name the type does not have. */
    public int place(String property) {
        return places.getOrDefault(property, -1);
    }

    @Override
    public String toString() {
        return name;
    }
}
