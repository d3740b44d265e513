package io.imaint.integration.references;

import io.imaint.integration.references.First.Source;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills the copies of one collection's documents, many at a time so that few questions go to the store. */
final class Resolver {
    /** Deeper than any structure of technical objects; what is deeper is a circle that a visit would have met. */
    private static final int SUPERIORS_MAX = 100;

    /** Hears of every reference that is set. */
    interface Sight {
        Sight NONE = (reference, document, found) -> {};

        void seen(Reference reference, Document document, boolean found);
    }

    private final CollectionReferences definition;
    private final Parents parents;
    private final Sight sight;

    Resolver(CollectionReferences definition, Parents parents, Sight sight) {
        this.definition = definition;
        this.parents = parents;
        this.sight = sight;
    }

    /** Resolves documents in place; none has copies yet. */
    void resolve(List<Document> documents) {
        for (var line : definition.lines()) {
            switch (line) {
                case Reference reference -> follow(reference, documents);
                case First first -> documents.forEach(document -> fill(first, document));
            }
        }
    }

    private void follow(Reference reference, List<Document> documents) {
        var keys = new ArrayList<List<String>>(documents.size());
        var wanted = new HashSet<String>();
        for (var document : documents) {
            var set = reference.keys(document);
            keys.add(set);
            wanted.addAll(set);
        }
        if (wanted.isEmpty()) {
            return;
        }
        var found = parents.fetch(reference, wanted);
        for (int i = 0; i < documents.size(); i++) {
            var document = documents.get(i);
            var set = keys.get(i);
            if (set.isEmpty()) {
                continue;
            }
            if (reference.isList(document)) {
                copyLists(reference, set, document, found);
            } else {
                copy(reference, parent(found, set.getFirst()), document);
            }
        }
    }

    private static @Nullable Document parent(Map<String, Optional<Document>> found, String key) {
        return found.getOrDefault(key, Optional.empty()).orElse(null);
    }

    private void copy(Reference reference, @Nullable Document parent, Document document) {
        sight.seen(reference, document, parent != null);
        if (parent == null) {
            return;
        }
        for (var taken : reference.take()) {
            var value = parent.get(taken.from());
            if (value != null) {
                document.putKept(taken.to(), value);
            }
        }
    }

    private void copyLists(
            Reference reference, List<String> keys, Document document, Map<String, Optional<Document>> found) {
        sight.seen(reference, document, keys.stream().allMatch(key -> parent(found, key) != null));
        for (var taken : reference.take()) {
            var values = new ArrayList<Object>(keys.size());
            for (var key : keys) {
                var parent = parent(found, key);
                var value = parent == null ? null : parent.get(taken.from());
                values.add(value == null ? key : value);
            }
            document.putKept(taken.to(), List.copyOf(values));
        }
    }

    private void fill(First first, Document document) {
        var visited = new HashSet<String>();
        document.text(Replicas.ID).ifPresent(visited::add);
        var value = value(first, document, visited);
        if (value != null) {
            document.putKept(first.field(), value);
        }
    }

    private @Nullable Object value(First first, Document document, Set<String> visited) {
        for (var source : first.of()) {
            var value = value(first, source, document, visited);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Object value(First first, Source source, Document document, Set<String> visited) {
        if (source.reference() == null) {
            return document.get(source.field());
        }
        var reference = definition.reference(source.reference()).orElseThrow();
        for (var key : reference.keys(document)) {
            var parent = parents.find(reference, key);
            if (parent == null) {
                continue;
            }
            if (!reference.to().equals(definition.collection())) {
                return parent.get(source.field());
            }
            if (visited.size() < SUPERIORS_MAX && visited.add(key)) {
                return value(first, parent, visited);
            }
        }
        return null;
    }
}
