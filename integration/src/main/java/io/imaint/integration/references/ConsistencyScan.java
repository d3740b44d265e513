package io.imaint.integration.references;

import io.imaint.integration.references.ConsistencyReport.OfCollection;
import io.imaint.integration.references.ConsistencyReport.OfReference;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A check of every document and every reference, one page at a time: parents before children, so that one scan is enough.
 * It needs no lease, because it replaces a document only in the revision that it read.
 */
public final class ConsistencyScan {
    private static final int PAGE = 1_000;

    /** Enough to see what orphans have in common. */
    private static final int EXAMPLES_MAX = 5;

    private static final class Tally {
        private long seen;
        private long wrong;
        private long repaired;
        private final List<String> examples = new ArrayList<>();

        void add(boolean right, String key) {
            seen++;
            if (!right && ++wrong <= EXAMPLES_MAX) {
                examples.add(key);
            }
        }
    }

    private record Part(CollectionReferences definition, Map<Reference, Tally> references, Tally documents) {
        Part(CollectionReferences definition) {
            this(definition, new LinkedHashMap<>(), new Tally());
            definition.references().forEach(reference -> references.put(reference, new Tally()));
        }
    }

    private final Store store;
    private final References references;
    private final boolean repair;
    private final InstantSource clock;
    private final long position;
    private final List<Part> parts;
    private final Deque<Part> left;
    private @Nullable String after;

    /** @param repair whether wrong documents are written; otherwise they are only counted */
    ConsistencyScan(Store store, References references, boolean repair, InstantSource clock) {
        this.store = store;
        this.references = references;
        this.repair = repair;
        this.clock = clock;
        this.position = store.position();
        this.parts = references.order().stream()
                .flatMap(collection -> references.of(collection).stream())
                .map(Part::new)
                .toList();
        this.left = new ArrayDeque<>(parts);
    }

    /**
     * Scans all documents at once.
     *
     * @param repair whether wrong documents are written, and the report is stored
     * @param progress takes the collection that is scanned
     */
    public static ConsistencyReport run(Store store, boolean repair, InstantSource clock, Consumer<String> progress) {
        var scan = new ConsistencyScan(store, References.product(), repair, clock);
        while (true) {
            scan.collection().ifPresent(progress);
            var report = scan.step();
            if (report.isPresent()) {
                return report.get();
            }
        }
    }

    /** Scans one more page; the report after the last one, stored if the scan repairs. */
    Optional<ConsistencyReport> step() {
        var part = left.peekFirst();
        if (part == null) {
            var report = report();
            if (repair) {
                store.documents(ConsistencyReport.TYPE).upsertAll(List.of(report));
            }
            return Optional.of(report);
        }
        after = page(part, after);
        if (after == null) {
            left.removeFirst();
        }
        return Optional.empty();
    }

    private Optional<String> collection() {
        return Optional.ofNullable(left.peekFirst()).map(part -> part.definition.collection());
    }

    private @Nullable String page(Part part, @Nullable String from) {
        var type = Replicas.find(part.definition.collection()).orElseThrow();
        var documents = store.documents(type);
        var page = documents.list(Query.where(Condition.ALL).limit(PAGE).after(from));
        var parents = new Parents(store, references);
        var resolved = new Resolver(part.definition, parents).resolved(page.items());
        for (int i = 0; i < resolved.size(); i++) {
            var document = resolved.get(i);
            var stored = page.items().get(i);
            part.documents.add(document.equals(stored.value()), stored.key());
            part.references.forEach((reference, tally) -> count(reference, tally, parents, document));
        }
        if (repair) {
            part.documents.repaired += Resolver.write(documents, page.items(), resolved);
        }
        return page.next();
    }

    private static void count(Reference reference, Tally tally, Parents parents, Document document) {
        var keys = reference.keys(document);
        if (!keys.isEmpty()) {
            tally.add(
                    keys.stream().allMatch(key -> parents.find(reference.to(), key) != null),
                    document.text(Replicas.ID).orElseThrow());
        }
    }

    private ConsistencyReport report() {
        var collections = new ArrayList<OfCollection>();
        var all = new ArrayList<OfReference>();
        for (var part : parts) {
            var name = part.definition.collection();
            var found = part.documents;
            collections.add(new OfCollection(name, found.seen, found.wrong, found.repaired, found.examples));
            part.references.forEach((reference, tally) -> all.add(new OfReference(
                    name, reference.name(), reference.to().collection(), tally.seen, tally.wrong, tally.examples)));
        }
        long documents = collections.stream().mapToLong(OfCollection::documents).sum();
        return new ConsistencyReport(clock.instant(), position, documents, collections, all);
    }
}
