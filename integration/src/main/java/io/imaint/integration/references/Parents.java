package io.imaint.integration.references;

import io.imaint.store.CollectionType;
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
 * The documents that those of one batch refer to, each read once and reduced to what is copied. Good for one batch: the
 * next one must see what was written meanwhile.
 */
final class Parents {
    /** Keys of one question; an engine answers more with no less work. */
    private static final int KEYS_MAX = 500;

    /** Where a key is looked for: a collection, and the field that holds the key. */
    record Space(String collection, String match) {
        static Space of(Reference reference) {
            return new Space(reference.to(), reference.match());
        }
    }

    /** Takes a parent that was looked for, null when it is not there. */
    interface Looked {
        void at(String collection, String key, @Nullable Document parent);
    }

    private final Store store;
    private final References references;
    private final @Nullable ParentCache cache;
    private final String own;
    private final Map<Space, Map<String, Optional<Document>>> known = new HashMap<>();

    /** Parents that are all read anew. */
    Parents(Store store, References references) {
        this(store, references, null, "");
    }

    /**
     * @param cache what earlier batches read; null reads everything anew
     * @param own the batch's own collection, which changes with every batch and so is not worth keeping
     */
    Parents(Store store, References references, @Nullable ParentCache cache, String own) {
        this.store = store;
        this.references = references;
        this.cache = cache;
        this.own = own;
    }

    private @Nullable ParentCache cache(Space space) {
        return space.collection.equals(own) ? null : cache;
    }

    /**
     * Takes documents that are about to be written as what they will be, so that a superior object in the same chunk is
     * found.
     */
    void expect(String collection, List<Document> documents) {
        var space = known.computeIfAbsent(new Space(collection, Replicas.ID), unseen -> new HashMap<>());
        documents.forEach(document -> space.put(document.text(Replicas.ID).orElseThrow(), Optional.of(document)));
    }

    /** The parents by key, empty for those that are not there; reads what is not known yet. */
    Map<String, Optional<Document>> fetch(Reference reference, Collection<String> keys) {
        var space = Space.of(reference);
        var found = known.computeIfAbsent(space, unseen -> new HashMap<>());
        var missing = new ArrayList<String>();
        for (var key : keys) {
            if (!found.containsKey(key)) {
                missing.add(key);
            }
        }
        var earlier = cache(space);
        if (earlier != null) {
            earlier.take(space, missing, found);
        }
        for (int from = 0; from < missing.size(); from += KEYS_MAX) {
            read(space, missing.subList(from, Math.min(missing.size(), from + KEYS_MAX)), found);
        }
        return found;
    }

    @Nullable
    Document find(Reference reference, String key) {
        var found = known.get(Space.of(reference));
        if (found == null || !found.containsKey(key)) {
            found = fetch(reference, List.of(key));
        }
        return found.getOrDefault(key, Optional.empty()).orElse(null);
    }

    /** Tells what was looked for by id, reduced to what is copied. */
    void forEachById(Looked each) {
        known.forEach((space, found) -> {
            if (space.match.equals(Replicas.ID)) {
                found.forEach((key, parent) -> each.at(space.collection, key, parent.orElse(null)));
            }
        });
    }

    private void read(Space space, List<String> keys, Map<String, Optional<Document>> found) {
        var type = Replicas.find(space.collection).orElseThrow();
        var earlier = cache(space);
        long generation = earlier == null ? 0 : earlier.generation(space);
        var read = new HashMap<String, Optional<Document>>();
        keys.forEach(key -> read.put(key, Optional.empty()));
        if (space.match.equals(Replicas.ID)) {
            store.documents(type)
                    .findAll(keys)
                    .forEach((key, stored) -> read.put(key, Optional.of(reduced(type, stored.value()))));
        } else {
            match(type, space.match, keys, read);
        }
        found.putAll(read);
        if (earlier != null) {
            earlier.keep(space, generation, read);
        }
    }

    private void match(
            CollectionType<Document> type, String field, List<String> keys, Map<String, Optional<Document>> read) {
        var query = Query.where(new Condition.In(field, keys)).limit(Query.LIMIT_MAX);
        for (var document : store.documents(type).list(query).values()) {
            var key = document.text(field).orElseThrow();
            if (read.getOrDefault(key, Optional.empty()).isEmpty()) { // The first by id counts.
                read.put(key, Optional.of(reduced(type, document)));
            }
        }
    }

    private Document reduced(CollectionType<Document> type, Document document) {
        var reduced = new Document();
        for (var field : references.needed(type.name())) {
            var value = document.get(field);
            if (value != null) {
                reduced.putKept(field, value);
            }
        }
        return reduced;
    }
}
