package io.imaint.integration.delta;

import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.ReconciliationReport.Found;
import io.imaint.integration.state.ReconciliationReport.PartitionReport;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a comparison finds, while it goes on: counted in each partition, so that the parts add up to the whole. */
final class Findings {
    /** How many keys are named for each kind of difference. */
    private static final int EXAMPLES_MAX = 10;

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
                ReconciliationKeys.text(keys.source().sum()),
                ReconciliationKeys.text(keys.store().sum()),
                missing.found(),
                stale.found(),
                superfluous.found(),
                unconfirmed.found(),
                IntStream.range(0, partitions.count())
                        .mapToObj(partition -> report(keys, partition))
                        .toList(),
                repaired);
    }

    private PartitionReport report(ReconciliationKeys keys, int partition) {
        return new PartitionReport(
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
            if (examples.size() < EXAMPLES_MAX) {
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
