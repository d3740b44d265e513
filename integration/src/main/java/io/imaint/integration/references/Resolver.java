package io.imaint.integration.references;

import io.imaint.integration.references.First.Source;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
        var keys = new LinkedHashSet<String>();
        documents.forEach(document -> keys.addAll(reference.keys(document)));
        parents.fetch(reference, keys);
        for (var document : documents) {
            var set = reference.keys(document);
            if (set.isEmpty()) {
                continue;
            }
            if (reference.isList(document)) {
                copyLists(reference, set, document);
            } else {
                copy(reference, set.getFirst(), document);
            }
        }
    }

    private void copy(Reference reference, String key, Document document) {
        var parent = parents.find(reference, key);
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

    private void copyLists(Reference reference, List<String> keys, Document document) {
        sight.seen(reference, document, keys.stream().allMatch(key -> parents.find(reference, key) != null));
        for (var taken : reference.take()) {
            var values = new ArrayList<Object>(keys.size());
            for (var key : keys) {
                var parent = parents.find(reference, key);
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
