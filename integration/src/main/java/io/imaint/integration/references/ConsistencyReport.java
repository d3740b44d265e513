package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import java.time.Instant;
import java.util.List;

/**
 * What a scan of all references found.
 *
 * @param at when the scan ended
 * @param position of the store's change sequence when it began
 * @param documents that were checked
 * @param collections only those with references
 * @param references in the same order
 */
public record ConsistencyReport(
        Instant at, long position, long documents, List<OfCollection> collections, List<OfReference> references) {
    static final CollectionType<ConsistencyReport> TYPE = CollectionType.of(
                    "MapReports", ConsistencyReport.class, report -> ConsistencyReport.LAST)
            .unscoped("replication spans all plants");

    /** The key of the last scan's report. */
    static final String LAST = "last";

    /**
     * What was found in the documents of one collection.
     *
     * @param outdated documents with wrong copied fields
     * @param repaired how many of them were written; the rest was changed meanwhile, or only checked
     * @param examples keys of some
     */
    public record OfCollection(String collection, long documents, long outdated, long repaired, List<String> examples) {
        public OfCollection {
            examples = List.copyOf(examples);
        }
    }

    /**
     * What was found of one reference.
     *
     * @param set documents in which the reference is set
     * @param orphans those of them whose parent is missing
     * @param examples keys of some orphans
     */
    public record OfReference(
            String collection, String reference, String to, long set, long orphans, List<String> examples) {
        public OfReference {
            examples = List.copyOf(examples);
        }
    }

    public ConsistencyReport {
        collections = List.copyOf(collections);
        references = List.copyOf(references);
    }

    /** Documents that are still outdated. */
    public long outdated() {
        return collections.stream()
                .mapToLong(each -> each.outdated() - each.repaired())
                .sum();
    }

    public long repaired() {
        return collections.stream().mapToLong(OfCollection::repaired).sum();
    }

    public long orphans() {
        return references.stream().mapToLong(OfReference::orphans).sum();
    }
}
