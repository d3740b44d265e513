package io.imaint.integration.delta;

import io.imaint.integration.delta.ReconciliationReport.Found;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
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
     * What came of it.
     *
     * @param end the delta link and the time of the read of the keys
     * @param newest the newest change stamp seen
     * @param refused why nothing was removed though it was due
     */
    record Outcome(
            ReconciliationReport report,
            PagePipeline.End end,
            @Nullable Instant newest,
            Optional<Failure> refused) {}

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

    /** What a comparison finds, while it goes on: counted in each partition, so that the parts add up to the whole. */
    static final class Findings {
        private final Partitions partitions;
        final Tally missing;
        final Tally stale;
        final Tally superfluous;
        final Tally unconfirmed;

        /** Keys that were missing from SAP's pages, before SAP was asked for them. */
        final Tally maybeGone;

        Findings(Partitions partitions) {
            this.partitions = partitions;
            this.missing = new Tally(partitions);
            this.stale = new Tally(partitions);
            this.superfluous = new Tally(partitions);
            this.unconfirmed = new Tally(partitions);
            this.maybeGone = new Tally(partitions);
        }

        ReconciliationReport report(ReconciliationKeys keys, boolean contents, boolean repaired) {
            return new ReconciliationReport(
                    keys.source().keys(),
                    keys.store().keys(),
                    contents,
                    ReconciliationReport.sum(keys.source().sum()),
                    ReconciliationReport.sum(keys.store().sum()),
                    missing.found(),
                    stale.found(),
                    superfluous.found(),
                    unconfirmed.found(),
                    IntStream.range(0, partitions.count())
                            .mapToObj(partition -> report(keys, partition))
                            .toList(),
                    repaired);
        }

        private ReconciliationReport.PartitionReport report(ReconciliationKeys keys, int partition) {
            return new ReconciliationReport.PartitionReport(
                    partitions.property(),
                    partitions.from(partition),
                    partitions.below(partition),
                    keys.source().in(partition),
                    keys.store().in(partition),
                    missing.counts[partition],
                    stale.counts[partition],
                    superfluous.counts[partition],
                    unconfirmed.counts[partition]);
        }

        /** Differences of one kind. */
        static final class Tally {
            private final List<String> examples = new ArrayList<>();
            private final Partitions partitions;
            private final long[] counts;

            private Tally(Partitions partitions) {
                this.partitions = partitions;
                this.counts = new long[partitions.count()];
            }

            void add(String id) {
                counts[partitions.of(id)]++;
                if (examples.size() < ReconciliationReport.EXAMPLES_MAX) {
                    examples.add(id);
                }
            }

            /** There are as many as in another, of which some were added. */
            void about(Tally all) {
                Arrays.setAll(counts, partition -> Math.max(counts[partition], all.counts[partition]));
            }

            long count() {
                return Arrays.stream(counts).sum();
            }

            Found found() {
                return new Found(count(), examples);
            }
        }
    }
}
