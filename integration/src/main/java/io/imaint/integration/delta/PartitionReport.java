package io.imaint.integration.delta;

import org.jspecify.annotations.Nullable;

/**
 * What a comparison of source and store found among the keys of one range.
 *
 * @param property the property of whose values it is a range; null when it is everything
 * @param from the least value; null when it has no lower end
 * @param below the value below which it ends; null when it has no upper end
 * @param source SAP's rows
 * @param store the documents of the collection
 * @param missing rows that the store lacked
 * @param stale documents that were not as SAP has them
 * @param superfluous documents that SAP no longer has
 * @param unconfirmed documents that SAP could not be asked for, and rows that cannot be read
 */
public record PartitionReport(
        @Nullable String property,
        @Nullable String from,
        @Nullable String below,
        Side source,
        Side store,
        long missing,
        long stale,
        long superfluous,
        long unconfirmed) {
    /**
     * One side of a comparison.
     *
     * @param keys how many there are
     * @param sum checksum of keys and change stamps, which does not depend on their order
     */
    public record Side(long keys, String sum) {}

    /** Whether the checksums are equal; while SAP works they may differ though no key does in the end. */
    public boolean sameSum() {
        return source.equals(store);
    }

    /** The range in words. */
    public String words() {
        if (property == null) {
            return "all";
        }
        return property + (from == null ? "" : " from " + from) + (below == null ? "" : " below " + below);
    }
}
