package io.imaint.integration.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of source and store found.
 *
 * @param sourceRows rows of SAP
 * @param storeDocuments documents of the collection
 * @param contents whether all mapped values were compared; false when only keys and change stamps were
 * @param sourceSum checksum of SAP's keys with their change stamps or contents, which does not depend on their order
 * @param storeSum the same of the documents; equal when nothing differs
 * @param missing rows that the store lacked
 * @param stale documents that were not as SAP has them
 * @param superfluous documents that SAP no longer has
 * @param unconfirmed documents that SAP could not be asked for, and rows that cannot be read
 * @param partitions the same range by range, whose counts add up to these; one at least
 * @param repaired whether what was found has been put right
 */
public record ReconciliationReport(
        long sourceRows,
        long storeDocuments,
        boolean contents,
        String sourceSum,
        String storeSum,
        Found missing,
        Found stale,
        Found superfluous,
        Found unconfirmed,
        List<PartitionReport> partitions,
        boolean repaired) {
    public ReconciliationReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * Differences of one kind.
     *
     * @param examples the first ones' keys
     */
    public record Found(long count, List<String> examples) {
        public Found {
            examples = List.copyOf(examples);
        }
    }

    /** How many keys differed, each confirmed by reading it again. */
    public long differences() {
        return missing.count() + stale.count() + superfluous.count();
    }

    /** Whether source and store are the same now. */
    public boolean same() {
        return differences() == 0 || repaired;
    }

    /** One line for people. */
    public String line() {
        var counted = "%d rows in SAP, %d in the store".formatted(sourceRows, storeDocuments);
        if (differences() == 0) {
            return counted + ", no difference: "
                    + (contents ? "keys and contents equal" : "keys and change stamps equal; contents not compared");
        }
        return "%s: %d missing, %d stale, %d superfluous%s"
                .formatted(counted, missing.count(), stale.count(), superfluous.count(), repaired ? ", repaired" : "");
    }

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
         * @param sum checksum of keys with change stamps or contents, which does not depend on their order
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
}
