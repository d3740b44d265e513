package io.imaint.integration.odata;

/**
 * One page to read.
 *
 * @param target relative to the service, such as {@code WorkOrderSet?$select=AUFNR}, or the {@code next} or {@code delta}
 *     of the page before; of an absolute URL only the part below the service counts. Client, language and format are
 *     added.
 * @param pageSizeMax how many rows to ask for; the server may send fewer, and some send more; 0 asks for nothing
 * @param trackChanges asks SAP to remember this read, so that its last page ends in a delta; {@link PageRead#tracked()}
 *     tells whether SAP does
 * @param type of the entities, from the metadata
 */
public record PageRequest(String target, int pageSizeMax, boolean trackChanges, EntityType type) {
    /** A page without wishes: of the size the server prefers, and not tracked. */
    public static PageRequest of(String target, EntityType type) {
        return new PageRequest(target, 0, false, type);
    }
}
