package io.imaint.integration.delta;

import java.util.List;
import java.util.Locale;

/**
 * What a comparison of source and store found.
 *
 * @param sourceRows rows of SAP
 * @param storeDocuments documents of the collection
 * @param sourceSum checksum of SAP's keys and change stamps, which does not depend on their order
 * @param storeSum checksum of the documents' keys and change stamps; the same when nothing differs
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

    /** How many keys are named for each kind of difference. */
    static final int EXAMPLES_MAX = 10;

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

    static String sum(long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
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
            return counted + ", no difference";
        }
        return "%s: %d missing, %d stale, %d superfluous%s"
                .formatted(counted, missing.count(), stale.count(), superfluous.count(), repaired ? ", repaired" : "");
    }
}
