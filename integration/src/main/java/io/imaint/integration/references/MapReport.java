package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import io.imaint.store.CollectionType.Codec;
import io.imaint.store.Document;
import java.time.Instant;
import java.util.ArrayList;
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
            CollectionType.of("MapReports", Codec.by(MapReport::write, MapReport::read), report -> LAST)
            .unscoped("replication spans all plants");

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

    private static Document write(MapReport report) {
        return new Document()
                .put("id", LAST)
                .put("at", report.at)
                .put("position", report.position)
                .put("documents", report.documents)
                .put(
                        "collections",
                        report.collections.stream()
                                .map(each -> new Document()
                                        .put("collection", each.collection())
                                        .put("documents", each.documents())
                                        .put("outdated", each.outdated())
                                        .put("repaired", each.repaired())
                                        .put("examples", each.examples()))
                                .toList())
                .put(
                        "references",
                        report.references.stream()
                                .map(each -> new Document()
                                        .put("collection", each.collection())
                                        .put("reference", each.reference())
                                        .put("to", each.to())
                                        .put("set", each.set())
                                        .put("orphans", each.orphans())
                                        .put("examples", each.examples()))
                                .toList());
    }

    private static MapReport read(Document document) {
        var collections = new ArrayList<OfCollection>();
        for (var each : parts(document, "collections")) {
            collections.add(new OfCollection(
                    each.text("collection").orElseThrow(),
                    each.integer("documents").orElseThrow(),
                    each.integer("outdated").orElseThrow(),
                    each.integer("repaired").orElseThrow(),
                    each.texts("examples")));
        }
        var references = new ArrayList<OfReference>();
        for (var each : parts(document, "references")) {
            references.add(new OfReference(
                    each.text("collection").orElseThrow(),
                    each.text("reference").orElseThrow(),
                    each.text("to").orElseThrow(),
                    each.integer("set").orElseThrow(),
                    each.integer("orphans").orElseThrow(),
                    each.texts("examples")));
        }
        return new MapReport(
                document.instant("at").orElseThrow(),
                document.integer("position").orElseThrow(),
                document.integer("documents").orElseThrow(),
                collections,
                references);
    }

    private static List<Document> parts(Document document, String field) {
        return document.get(field) instanceof List<?> list
                ? list.stream().map(Document.class::cast).toList()
                : List.of();
    }
}
