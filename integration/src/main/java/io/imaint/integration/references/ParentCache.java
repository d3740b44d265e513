package io.imaint.integration.references;

import io.imaint.integration.references.Parents.Space;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What chunks read of other collections, kept for the chunks after them.
 *
 * <p>Nothing in here may be older than what the store's change sequence has shown: before each chunk the changes since
 * the chunk before are looked at, and what changed is forgotten. Something read before such a look and handed in after
 * it might be the very thing that the look wanted forgotten; so each look begins a new generation, and what was read in
 * an older one is not kept. Missing documents are remembered as missing, and a new one is a change like any other.
 */
final class ParentCache {
    /** Documents of one collection; reduced to a few fields they take some ten megabytes. */
    private static final int DOCUMENTS_MAX = 20_000;

    /** Changes since the last chunk that are looked at one by one; after more it is cheaper to begin anew. */
    private static final int CHANGES_MAX = 1_000;

    private static final class Kept extends LinkedHashMap<String, Optional<Document>> {
        private static final long serialVersionUID = 1;

        Kept() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Document>> eldest) {
            return size() > DOCUMENTS_MAX;
        }
    }

    private static final class Seen {
        private long position;
        private long generation;

        Seen(long position) {
            this.position = position;
        }
    }

    private final Store store;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<Space, Kept> kept = new HashMap<>();

    ParentCache(Store store) {
        this.store = store;
    }

    /** Forgets what changed in some collections since the last call. */
    synchronized void look(Collection<String> collections) {
        for (var collection : collections) {
            look(Replicas.find(collection).orElseThrow());
        }
    }

    private void look(CollectionType<Document> type) {
        var last = seen.get(type.name());
        if (last == null) {
            seen.put(type.name(), new Seen(store.position()));
            return;
        }
        var now = store.position();
        if (now == last.position) {
            return;
        }
        var changes = store.documents(type).changesAfter(last.position, CHANGES_MAX);
        if (changes.isEmpty()) {
            return;
        }
        last.generation++;
        last.position = changes.size() < CHANGES_MAX ? changes.getLast().position() : now;
        kept.forEach((space, documents) -> {
            if (!space.collection().equals(type.name())) {
                return;
            }
            if (changes.size() < CHANGES_MAX && space.match().equals(Replicas.ID)) {
                changes.forEach(change -> documents.remove(change.key()));
            } else {
                documents.clear();
            }
        });
    }

    /** The generation of what is read now; {@link #keep} wants it back. */
    synchronized long generation(Space space) {
        var last = seen.get(space.collection());
        return last == null ? -1 : last.generation;
    }

    /** Moves what is known from the keys that are missing to what was found. */
    synchronized void take(Space space, List<String> missing, Map<String, Optional<Document>> found) {
        var documents = kept.get(space);
        if (documents == null) {
            return;
        }
        for (Iterator<String> keys = missing.iterator(); keys.hasNext(); ) {
            var key = keys.next();
            var document = documents.get(key);
            if (document != null) {
                found.put(key, document);
                keys.remove();
            }
        }
    }

    /** Keeps what was read, unless something changed meanwhile. */
    synchronized void keep(Space space, long generation, Map<String, Optional<Document>> read) {
        var last = seen.get(space.collection());
        if (last != null && last.generation == generation) {
            kept.computeIfAbsent(space, unseen -> new Kept()).putAll(read);
        }
    }
}
