package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import java.time.Instant;
import java.util.List;

/**
 * What a walk over all references found.
 *
 * @param at when the walk ended
 * @param position of the store's change sequence when it began
 * @param documents that were looked at
 * @param collections only those that refer to something
 * @param references in the same order
 */
public record MapReport(
        Instant at, long position, long documents, List<OfCollection> collections, List<OfReference> references) {
    /** The report of the last walk stands under this key. */
    static final String LAST = "last";

    public static final CollectionType<MapReport> TYPE =
            CollectionType.of("MapReports", MapReport.class, report -> LAST).unscoped("replication spans all plants");

    /**
     * What was found in the documents of one collection.
     *
     * @param outdated documents whose copies were not what they should be
     * @param repaired how many of them were written; the rest was changed meanwhile, or only looked at
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

    public MapReport {
        collections = List.copyOf(collections);
        references = List.copyOf(references);
    }

    /** Copies that are wrong and could be right. */
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
