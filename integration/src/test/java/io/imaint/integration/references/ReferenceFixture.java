package io.imaint.integration.references;

import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A store with the product's references over it. */
final class ReferenceFixture implements AutoCloseable {
    static final References REFERENCES = References.product();
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-05T07:00:00Z"));

    final Store store;

    ReferenceFixture(Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
    }

    static Document document(String id, Object... fields) {
        var document = new Document().put("id", id);
        for (int i = 0; i < fields.length; i += 2) {
            document.put((String) fields[i], fields[i + 1]);
        }
        return document;
    }

    Documents<Document> of(String collection) {
        return store.documents(Replicas.find(collection).orElseThrow());
    }

    /** Writes as a loader would without the step. */
    void write(String collection, Document... documents) {
        of(collection).upsertAll(List.of(documents));
    }

    /** Writes as a loader does. */
    Documents.Upserted load(BatchEnricher step, String collection, Document... documents) {
        var chunk = Arrays.stream(documents).map(Document::copy).toList();
        step.enrich(Replicas.find(collection).orElseThrow(), chunk);
        return of(collection).upsertAll(chunk);
    }

    Document find(String collection, String id) {
        return of(collection).find(id).orElseThrow().value();
    }

    long rev(String collection, String id) {
        return of(collection).find(id).orElseThrow().rev();
    }

    /** Follows until nothing changes any more; returns how many documents were written. */
    long follow() {
        return follow(store);
    }

    static long follow(Store store) {
        var follower = new ChangeFollower(store, REFERENCES, () -> {});
        for (int round = 0; follower.round(); round++) {
            if (round > 50) {
                throw new AssertionError("mapping does not end");
            }
        }
        return follower.corrected();
    }

    ConsistencyReport check() {
        var scan = new ConsistencyScan(store, REFERENCES, false, CLOCK);
        var report = scan.step();
        while (report.isEmpty()) {
            report = scan.step();
        }
        return report.get();
    }

    /** Everything that stands in the replicated collections, without revisions. */
    SortedMap<String, Document> everything() {
        var all = new TreeMap<String, Document>();
        for (var type : Replicas.ALL) {
            for (Stored<Document> stored : store.documents(type)
                    .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                    .items()) {
                all.put(type.name() + " " + stored.key(), stored.value());
            }
        }
        return all;
    }

    void clear() {
        Replicas.ALL.forEach(type -> store.documents(type).removeAll(Condition.ALL));
    }

    @Override
    public void close() {
        store.close();
    }
}
