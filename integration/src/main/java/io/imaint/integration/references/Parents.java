package io.imaint.integration.references;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imaint.integration.references.Reference.Target;
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
import java.util.stream.Gatherers;
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
    private final @Nullable Recent cache;
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
    Parents(Store store, References references, @Nullable Recent cache, String own) {
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
        missing.stream().gather(Gatherers.windowFixed(KEYS_MAX)).forEach(some -> found.putAll(stored(target, some)));
    }

    @Nullable
    Document find(Target target, String key) {
        var found = known.get(target);
        if (found == null || !found.containsKey(key)) {
            read(target, List.of(key));
            found = known.getOrDefault(target, Map.of());
        }
        return found.getOrDefault(key, Optional.empty()).orElse(null);
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

    /**
     * Parents that earlier batches read, for the batches after them.
     *
     * <p>Nothing in here is older than the store's change sequence at the last refresh: before each batch, what changed since
     * the batch before is dropped. Something read before a refresh and handed in after it may be just what the refresh had
     * to drop; so each refresh begins a new generation, and what was read in an older one is not kept. Missing documents are
     * cached as missing, and a new one is a change like any other.
     */
    static final class Recent {
        /** Documents of one target; reduced to a few fields they take some ten megabytes. */
        private static final int DOCUMENTS_MAX = 20_000;

        /** Changes since the last batch that are dropped one by one; after more it is cheaper to drop all. */
        private static final int CHANGES_MAX = 1_000;

        /** How far the changes of a collection are known. */
        private record Refreshed(long position, long generation) {}

        private final Store store;
        private final Map<String, Refreshed> refreshed = new HashMap<>();
        private final Map<Target, Cache<String, Optional<Document>>> entries = new HashMap<>();

        Recent(Store store) {
            this.store = store;
        }

        /** Drops what changed in some collections since the last call. */
        synchronized void refresh(Collection<String> collections) {
            for (var collection : collections) {
                refresh(Replicas.find(collection).orElseThrow());
            }
        }

        private void refresh(CollectionType<Document> type) {
            long now = store.position();
            var last = refreshed.putIfAbsent(type.name(), new Refreshed(now, 0));
            if (last == null || now == last.position) {
                return;
            }
            var changes = store.documents(type).changesAfter(last.position, CHANGES_MAX);
            if (changes.isEmpty()) {
                return;
            }
            boolean all = changes.size() == CHANGES_MAX;
            refreshed.put(
                    type.name(), new Refreshed(all ? now : changes.getLast().position(), last.generation + 1));
            entries.forEach((target, documents) -> {
                if (!target.collection().equals(type.name())) {
                    return;
                }
                if (all || !target.byId()) {
                    documents.invalidateAll();
                } else {
                    changes.forEach(change -> documents.invalidate(change.key()));
                }
            });
        }

        /** The generation of what is read now, for {@link #keep}. */
        synchronized long generation(Target target) {
            var last = refreshed.get(target.collection());
            return last == null ? -1 : last.generation;
        }

        /** Moves what is cached from the keys that are missing to what was found. */
        synchronized void moveKnown(Target target, List<String> missing, Map<String, Optional<Document>> found) {
            var documents = entries.get(target);
            if (documents != null) {
                found.putAll(documents.getAllPresent(missing));
                missing.removeIf(found::containsKey);
            }
        }

        /** Keeps what was read, unless something changed meanwhile. */
        synchronized void keep(Target target, long generation, Map<String, Optional<Document>> read) {
            if (generation >= 0 && generation(target) == generation) {
                entries.computeIfAbsent(
                                target,
                                unseen -> Caffeine.newBuilder()
                                        .maximumSize(DOCUMENTS_MAX)
                                        .executor(Runnable::run)
                                        .build())
                        .putAll(read);
            }
        }
    }
}
