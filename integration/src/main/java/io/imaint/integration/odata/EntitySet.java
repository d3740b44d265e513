package io.imaint.integration.odata;

/**
 * An entity set of a service.
 *
 * @param name as in targets, such as {@code WorkOrderSet}
 * @param type of its entities
 * @param label SAP's label, empty where there is none
 * @param requiresFilter true when SAP refuses to read the set without a {@code $filter}
 * @param addressable false when it can only be reached from another entity
 * @param pageable false when {@code $top} and {@code $skip} are not served
 */
public record EntitySet(
        String name, EntityType type, String label, boolean requiresFilter, boolean addressable, boolean pageable) {}
