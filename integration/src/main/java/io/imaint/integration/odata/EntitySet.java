package io.imaint.integration.odata;

import java.util.List;

/**
 * An entity set of a service.
 *
 * @param name as in targets, such as {@code WorkOrderSet}
 * @param type of its entities
 * @param label SAP's label, empty where there is none
 * @param abilities what may be done with it
 */
public record EntitySet(String name, EntityType type, String label, Abilities abilities) {
    /**
     * What the metadata document says about the use of a set; without an annotation, SAP's default holds.
     *
     * @param creatable whether entities may be created; by default yes
     * @param updatable whether entities may be changed; by default yes
     * @param deletable whether entities may be deleted; by default yes
     * @param addressable false when it can only be reached from another entity
     * @param pageable false when {@code $top} and {@code $skip} are not served
     * @param countable false when {@code $count} and {@code $inlinecount} are not served
     * @param searchable whether a free search is served; by default no
     * @param requiresFilter true when SAP refuses to read the set without a {@code $filter}
     * @param deltas true when the document declares a set of its delta tokens. False does not tell that it has none:
     *     some services list them without declaring them
     */
    public record Abilities(
            boolean creatable,
            boolean updatable,
            boolean deletable,
            boolean addressable,
            boolean pageable,
            boolean countable,
            boolean searchable,
            boolean requiresFilter,
            boolean deltas) {
        Abilities withDeltas(boolean declared) {
            return new Abilities(
                    creatable,
                    updatable,
                    deletable,
                    addressable,
                    pageable,
                    countable,
                    searchable,
                    requiresFilter,
                    declared);
        }
    }

    /** Whether SAP refuses to read the set without a {@code $filter}. */
    public boolean requiresFilter() {
        return abilities.requiresFilter();
    }

    /** The names of the properties that each {@code $filter} must name. */
    public List<String> requiredInFilter() {
        return type.properties().stream()
                .filter(property -> property.abilities().requiredInFilter())
                .map(EdmProperty::name)
                .toList();
    }
}
