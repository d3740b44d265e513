package io.imaint.integration.references;

import io.imaint.integration.references.ReferenceRule.FirstNonNull;
import io.imaint.integration.references.ReferenceRule.FirstNonNull.Source;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fills the copied fields of one collection's documents, many at a time so that few queries go to the store. */
final class Resolver {
    /** Deeper than any structure of technical objects. */
    private static final int SUPERIORS_MAX = 100;

    /** Writers that wait together share one commit; more of them would only take the store from others. */
    private static final int WRITERS = 8;

    private final CollectionReferences definition;
    private final Parents parents;

    Resolver(CollectionReferences definition, Parents parents) {
        this.definition = definition;
        this.parents = parents;
    }

    /** What stored documents should be. */
    List<Document> resolved(List<Stored<Document>> stored) {
        var documents = stored.stream()
                .map(each -> definition.withoutCopies(each.value()))
                .toList();
        resolve(documents);
        return documents;
    }

    /** Resolves documents in place; none has copied fields yet. */
    void resolve(List<Document> documents) {
        for (var rule : definition.rules()) {
            switch (rule) {
                case Reference reference -> {
                    var keys = new HashSet<String>();
                    documents.forEach(document -> keys.addAll(reference.keys(document)));
                    if (!keys.isEmpty()) {
                        parents.read(reference.to(), keys);
                        documents.forEach(document -> copy(reference, document));
                    }
                }
                case FirstNonNull first -> documents.forEach(document -> fill(first, document));
            }
        }
    }

    private void copy(Reference reference, Document document) {
        var keys = reference.keys(document);
        if (keys.isEmpty()) {
            return;
        }
        boolean list = reference.isList(document);
        for (var copied : reference.copies()) {
            var values = new ArrayList<Object>(keys.size());
            for (var key : keys) {
                var parent = parents.find(reference.to(), key);
                var value = parent == null ? null : parent.get(copied.from());
                if (value != null || list) {
                    values.add(value == null ? key : value);
                }
            }
            if (list) {
                document.putKept(copied.to(), List.copyOf(values));
            } else if (!values.isEmpty()) {
                document.putKept(copied.to(), values.getFirst());
            }
        }
    }

    private void fill(FirstNonNull first, Document document) {
        var visited = new HashSet<String>();
        document.text(Replicas.ID).ifPresent(visited::add);
        var value = value(first, document, visited);
        if (value != null) {
            document.putKept(first.field(), value);
        }
    }

    private @Nullable Object value(FirstNonNull first, Document document, Set<String> visited) {
        for (var source : first.sources()) {
            var value = value(first, source, document, visited);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Object value(FirstNonNull first, Source source, Document document, Set<String> visited) {
        if (source.reference() == null) {
            return document.get(source.field());
        }
        var reference = definition.reference(source.reference()).orElseThrow();
        for (var key : reference.keys(document)) {
            var parent = parents.find(reference.to(), key);
            if (parent == null) {
                continue;
            }
            if (!definition.toItself(reference)) {
                return parent.get(source.field());
            }
            if (visited.size() < SUPERIORS_MAX && visited.add(key)) { // Superiors may form a cycle.
                return value(first, parent, visited);
            }
        }
        return null;
    }

    /** Replaces the documents that differ in the revision that was read; returns how many, as others may have changed. */
    static int write(Documents<Document> documents, List<Stored<Document>> before, List<Document> after) {
        var writes = new ArrayList<BooleanSupplier>();
        for (int i = 0; i < before.size(); i++) {
            var stored = before.get(i);
            var resolved = after.get(i);
            if (!resolved.equals(stored.value())) {
                writes.add(() -> documents.replace(resolved, stored.rev()) instanceof Written.Done<Document>);
            }
        }
        if (writes.size() <= WRITERS) {
            return (int) writes.stream().filter(BooleanSupplier::getAsBoolean).count();
        }
        // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
        var factory = Thread.ofPlatform().daemon().name("reference-writer-", 0).factory();
        try (var writers = Executors.newFixedThreadPool(WRITERS, factory)) {
            var started = writes.stream()
                    .map(write -> CompletableFuture.supplyAsync(write::getAsBoolean, writers))
                    .toList();
            return (int) started.stream().filter(CompletableFuture::join).count();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
