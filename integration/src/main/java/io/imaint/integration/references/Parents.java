package io.imaint.integration.references;

import io.imaint.integration.references.Reference.Target;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parents of one batch, each read once and reduced to the fields that are copied. The next batch needs new ones,
 * because it must see what was written meanwhile.
 */
final class Parents {
    /** Keys of one query; an engine answers more with no less work. */
    private static final int KEYS_MAX = 500;

    private final Store store;
    private final References references;
    private final @Nullable ParentCache cache;
    private final String own;
    private final Map<Target, Map<String, Optional<Document>>> known = new HashMap<>();

    /** Parents that are all read from the store. */
    Parents(Store store, References references) {
        this(store, references, null, "");
    }

    /**
     * @param cache what earlier batches read; null reads everything from the store
     * @param own the batch's own collection, which changes with every batch and so is not worth caching
     */
    Parents(Store store, References references, @Nullable ParentCache cache, String own) {
        this.store = store;
        this.references = references;
        this.cache = cache;
        this.own = own;
    }

    /** Takes documents that are about to be written as they will be, so a superior object in the same batch is found. */
    void expect(String collection, List<Document> documents) {
        var expected = known.computeIfAbsent(new Target(collection, Replicas.ID), unseen -> new HashMap<>());
        documents.forEach(document -> expected.put(document.text(Replicas.ID).orElseThrow(), Optional.of(document)));
    }

    /** Reads the parents behind these keys that are not known yet. */
    void read(Target target, Collection<String> keys) {
        var found = known.computeIfAbsent(target, unseen -> new HashMap<>());
        var missing = new ArrayList<>(keys);
        missing.removeIf(found::containsKey);
        if (cache != null && !target.collection().equals(own)) {
            cache.moveKnown(target, missing, found);
        }
        for (int from = 0; from < missing.size(); from += KEYS_MAX) {
            found.putAll(stored(target, missing.subList(from, Math.min(missing.size(), from + KEYS_MAX))));
        }
    }

    @Nullable
    Document find(Target target, String key) {
        var found = known.get(target);
        var parent = found == null ? null : found.get(key);
        if (parent == null) {
            read(target, List.of(key));
            parent = known.getOrDefault(target, Map.of()).getOrDefault(key, Optional.empty());
        }
        return parent.orElse(null);
    }

    /** Everything that was looked for, reduced; empty for orphans' parents. */
    Map<Target, Map<String, Optional<Document>>> known() {
        return known;
    }

    private Map<String, Optional<Document>> stored(Target target, List<String> keys) {
        long generation = cache == null ? 0 : cache.generation(target);
        var documents = store.documents(Replicas.find(target.collection()).orElseThrow());
        var read = new HashMap<String, Optional<Document>>();
        keys.forEach(key -> read.put(key, Optional.empty()));
        if (target.byId()) {
            documents.findAll(keys).forEach((key, stored) -> read.put(key, reduced(target, stored.value())));
        } else {
            var query = Query.where(new Condition.In(target.match(), keys)).limit(Query.LIMIT_MAX);
            for (var document : documents.list(query).values()) {
                var key = document.text(target.match()).orElseThrow();
                if (read.getOrDefault(key, Optional.empty()).isEmpty()) { // The first by id counts.
                    read.put(key, reduced(target, document));
                }
            }
        }
        if (cache != null && !target.collection().equals(own)) {
            cache.keep(target, generation, read);
        }
        return read;
    }

    private Optional<Document> reduced(Target target, Document document) {
        var reduced = new Document();
        for (var field : references.needed(target.collection())) {
            var value = document.get(field);
            if (value != null) {
                reduced.putKept(field, value);
            }
        }
        return Optional.of(reduced);
    }
}
