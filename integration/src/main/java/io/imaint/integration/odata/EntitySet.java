package io.imaint.integration.odata;

import java.util.List;

/**
 * An entity set of a service.
 *
 * @param name as in targets, such as {@code WorkOrderSet}
 * @param type of its entities
 * @param label SAP's label, empty where there is none
 * @param abilities what may be done with it
 * @param semantics what its rows are, such as {@code aggregate}, {@code value-list} or {@code fixed-values}, as the type, the set or
 *     the value helps of other types say; empty for plain data
 * @param draft whether an annotation says that users edit its entities in drafts
 * @param functions the function imports that return its entities
 * @param parents the ways to its entities from those of other sets, such as {@code OrderSet/Operations}
 * @param pageSizeMax the most rows that SAP sends at once, 0 where the document does not say it
 */
public record EntitySet(
        String name,
        EntityType type,
        String label,
        Abilities abilities,
        String semantics,
        boolean draft,
        List<String> functions,
        List<String> parents,
        int pageSizeMax) {
    /** The property that is true for active rows and false for drafts. */
    public static final String ACTIVE = "IsActiveEntity";

    public static final String DRAFT_UUID = "DraftUUID";

    public EntitySet {
        functions = List.copyOf(functions);
        parents = List.copyOf(parents);
    }

    /** A set without drafts, functions and parents. */
    public EntitySet(String name, EntityType type, String label, Abilities abilities) {
        this(name, type, label, abilities, type.traits().semantics(), false, List.of(), List.of(), 0);
    }

    /**
     * What the metadata document says about the use of a set; without an annotation, SAP's default holds.
     *
     * @param creatable whether entities may be created; by default yes
     * @param updatable whether entities may be changed; by default yes
     * @param deletable whether entities may be deleted; by default yes
     * @param addressable false when it can only be reached from another entity
     * @param pageable false when {@code $top} or {@code $skip} are not served
     * @param countable false when {@code $count} and {@code $inlinecount} are not served
     * @param searchable whether a free search is served; by default no
     * @param requiresFilter true when SAP refuses to read the set without a {@code $filter}
     * @param deltas true when the document declares change tracking, or a set of its delta tokens. False does not exclude tokens: some
     *     services list them without declaring them
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

    /** Whether drafts are among its rows, as an annotation or its properties say. */
    public boolean hasDrafts() {
        return draft
                || type.keys().contains(ACTIVE)
                || type.place(DRAFT_UUID) >= 0
                || (type.place(ACTIVE) >= 0
                        && (type.place("HasDraftEntity") >= 0 || type.place("HasActiveEntity") >= 0));
    }

    /** The filter that leaves out drafts; empty where there are none, or SAP cannot filter by it. */
    public String activeFilter() {
        int place = type.place(ACTIVE);
        boolean filterable = place >= 0 && type.properties().get(place).filterable();
        return hasDrafts() && filterable ? ACTIVE + " eq true" : "";
    }

    /** The names of the properties that each {@code $filter} must name. */
    public List<String> requiredInFilter() {
        return type.properties().stream()
                .filter(property -> property.abilities().requiredInFilter())
                .map(EdmProperty::name)
                .toList();
    }
}
