package io.imaint.integration.references;

import io.imaint.integration.references.MapReport.OfCollection;
import io.imaint.integration.references.MapReport.OfReference;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look at every document and every reference, one page at a time: parents before children, so that one walk is enough.
 * It needs no lease, because it replaces a document only in the revision that it read.
 */
final class Walk {
    private static final int PAGE = 1_000;

    /** Enough to see what orphans have in common. */
    private static final int EXAMPLES_MAX = 5;

    private static final class Tally {
        private long seen;
        private long wrong;
        private long repaired;
        private final List<String> examples = new ArrayList<>();

        void wrong(String key) {
            wrong++;
            if (examples.size() < EXAMPLES_MAX) {
                examples.add(key);
            }
        }
    }

    private record Place(CollectionReferences definition, Map<Reference, Tally> references, Tally documents) {}

    private final Store store;
    private final References references;
    private final boolean repair;
    private final InstantSource clock;
    private final long position;
    private final List<Place> places = new ArrayList<>();
    private final Deque<Place> left = new ArrayDeque<>();
    private @Nullable String after;

    /** @param repair whether what is wrong is written; otherwise it is only counted */
    Walk(Store store, References references, boolean repair, InstantSource clock) {
        this.store = store;
        this.references = references;
        this.repair = repair;
        this.clock = clock;
        this.position = store.position();
        for (var collection : references.order()) {
            references.of(collection).ifPresent(definition -> {
                var tallies = new LinkedHashMap<Reference, Tally>();
                definition.references().forEach(reference -> tallies.put(reference, new Tally()));
                places.add(new Place(definition, tallies, new Tally()));
            });
        }
        left.addAll(places);
    }

    /** Looks at one more page; the report after the last one. */
    Optional<MapReport> step() {
        var place = left.peekFirst();
        if (place == null) {
            return Optional.of(report());
        }
        var type = Replicas.find(place.definition.collection()).orElseThrow();
        var documents = store.documents(type);
        var page = documents.list(Query.where(Condition.ALL).limit(PAGE).after(after));
        look(place, documents, page.items());
        after = page.next();
        if (after == null) {
            left.removeFirst();
        }
        return Optional.empty();
    }

    /** The collection that is looked at, for people; empty at the end. */
    Optional<String> at() {
        return Optional.ofNullable(left.peekFirst()).map(place -> place.definition.collection());
    }

    private void look(Place place, Documents<Document> documents, List<Stored<Document>> all) {
        var resolved = all.stream()
                .map(stored -> place.definition.withoutCopies(stored.value()))
                .toList();
        new Resolver(place.definition, new Parents(store, references), (reference, document, found) -> {
                    var tally = place.references.get(reference);
                    assert tally != null : reference;
                    tally.seen++;
                    if (!found) {
                        tally.wrong(document.text(Replicas.ID).orElseThrow());
                    }
                })
                .resolve(resolved);
        for (int i = 0; i < all.size(); i++) {
            place.documents.seen++;
            if (!resolved.get(i).equals(all.get(i).value())) {
                place.documents.wrong(all.get(i).key());
            }
        }
        if (repair) {
            place.documents.repaired += Replacements.write(documents, all, resolved);
        }
    }

    private MapReport report() {
        var collections = new ArrayList<OfCollection>();
        var all = new ArrayList<OfReference>();
        for (var place : places) {
            var name = place.definition.collection();
            var found = place.documents;
            collections.add(new OfCollection(name, found.seen, found.wrong, found.repaired, found.examples));
            place.references.forEach((reference, tally) -> all.add(
                    new OfReference(name, reference.name(), reference.to(), tally.seen, tally.wrong, tally.examples)));
        }
        long documents = collections.stream().mapToLong(OfCollection::documents).sum();
        return new MapReport(clock.instant(), position, documents, collections, all);
    }
}
