package io.imaint.integration.references;

import io.imaint.integration.references.Reference.Target;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parents that earlier batches read, for the batches after them.
 *
 * <p>Nothing in here is older than the store's change sequence at the last refresh: before each batch, what changed since
 * the batch before is dropped. Something read before a refresh and handed in after it may be just what the refresh had
 * to drop; so each refresh begins a new generation, and what was read in an older one is not kept. Missing documents are
 * cached as missing, and a new one is a change like any other.
 */
final class ParentCache {
    /** Documents of one target; reduced to a few fields they take some ten megabytes. */
    private static final int DOCUMENTS_MAX = 20_000;

    /** Changes since the last batch that are dropped one by one; after more it is cheaper to drop all. */
    private static final int CHANGES_MAX = 1_000;

    private static final class Entries extends LinkedHashMap<String, Optional<Document>> {
        private static final long serialVersionUID = 1;

        Entries() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Document>> eldest) {
            return size() > DOCUMENTS_MAX;
        }
    }

    /** How far the changes of a collection are known. */
    private record Refreshed(long position, long generation) {}

    private final Store store;
    private final Map<String, Refreshed> refreshed = new HashMap<>();
    private final Map<Target, Entries> entries = new HashMap<>();

    ParentCache(Store store) {
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
        refreshed.put(type.name(), new Refreshed(all ? now : changes.getLast().position(), last.generation + 1));
        entries.forEach((target, documents) -> {
            if (!target.collection().equals(type.name())) {
                return;
            }
            if (all || !target.byId()) {
                documents.clear();
            } else {
                changes.forEach(change -> documents.remove(change.key()));
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
            missing.removeIf(key -> {
                var document = documents.get(key);
                if (document != null) {
                    found.put(key, document);
                }
                return document != null;
            });
        }
    }

    /** Keeps what was read, unless something changed meanwhile. */
    synchronized void keep(Target target, long generation, Map<String, Optional<Document>> read) {
        if (generation >= 0 && generation(target) == generation) {
            entries.computeIfAbsent(target, unseen -> new Entries()).putAll(read);
        }
    }
}
