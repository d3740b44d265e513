package io.imaint.integration.odata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An entity type, or a complex type, which is one without keys. */
public final class EntityType {
    /**
     * What SAP's annotations say about the nature of the rows.
     *
     * @param semantics {@code aggregate} for results of a query, {@code parameters} for its parameters,
     *     {@code value-list} for a value help; empty for other rows
     * @param hierarchyNode the property with the node of a hierarchy; empty where the rows are none
     * @param etag the property that SAP compares before it changes a row ({@code ConcurrencyMode="Fixed"}); empty for none
     * @param navigations how many ways lead from an entity to others
     * @param controls the properties that only control a user interface
     */
    public record Traits(String semantics, String hierarchyNode, String etag, int navigations, Set<String> controls) {
        public static final Traits NONE = new Traits("", "", "", 0, Set.of());

        public Traits {
            controls = Set.copyOf(controls);
        }
    }

    private final String name;
    private final List<EdmProperty> properties;
    private final List<String> keys;
    private final boolean media;
    private final Traits traits;
    private final Map<String, Integer> places = new HashMap<>();

    public EntityType(String name, List<EdmProperty> properties, List<String> keys) {
        this(name, properties, keys, false, Traits.NONE);
    }

    /** @param media whether its entities are files with properties beside them */
    public EntityType(String name, List<EdmProperty> properties, List<String> keys, boolean media, Traits traits) {
        this.name = name;
        this.media = media;
        this.traits = traits;
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

    /** Whether its entities are files ({@code m:HasStream}); the properties describe the file. */
    public boolean media() {
        return media;
    }

    public Traits traits() {
        return traits;
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
