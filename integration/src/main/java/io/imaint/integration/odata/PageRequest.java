package io.imaint.integration.odata;

/**
 * One page to read.
 *
 * @param target relative to the service, such as {@code WorkOrderSet?$select=AUFNR}, or the {@code next} or {@code delta}
 *     of the page before; of an absolute URL only the part below the service counts. Client, language and format are
 *     added.
 * @param pageSizeMax how many rows to ask for; the server may send fewer, and some send more; 0 asks for nothing
 * @param trackChanges asks SAP to remember this read, so that its last page ends in a delta; {@link PageRead#tracked()}
 *     says whether SAP does
 * @param type of the entities, from the metadata
 */
public record PageRequest(String target, int pageSizeMax, boolean trackChanges, EntityType type) {
    /** The target that selects properties of the rows of a set that fulfil a filter, which is empty for all. */
    public static String target(String entitySet, String select, String filter) {
        return filtered(entitySet + "?$select=" + select, "&", filter);
    }

    /** A target with a filter, which is empty for none; a blank may be nothing else than a blank there. */
    public static String filtered(String target, String separator, String filter) {
        return filter.isEmpty() ? target : target + separator + "$filter=" + Literals.encoded(filter);
    }

    /** A page of the server's default size, without change tracking. */
    public static PageRequest of(String target, EntityType type) {
        return new PageRequest(target, 0, false, type);
    }
}
