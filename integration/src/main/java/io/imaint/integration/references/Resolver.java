package io.imaint.integration.references;

import io.imaint.integration.references.ReferenceRule.FirstNonNull;
import io.imaint.integration.references.ReferenceRule.FirstNonNull.Source;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<String, Reference> references = new HashMap<>();
    private final Parents parents;

    Resolver(CollectionReferences definition, Parents parents) {
        this.definition = definition;
        this.parents = parents;
        definition.references().forEach(reference -> references.put(reference.name(), reference));
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
                case Reference reference -> resolve(reference, documents);
                case FirstNonNull first -> documents.forEach(document -> fill(first, document));
            }
        }
    }

    private void resolve(Reference reference, List<Document> documents) {
        var each = new ArrayList<List<String>>(documents.size());
        var all = new HashSet<String>();
        for (var document : documents) {
            var keys = reference.keys(document);
            each.add(keys);
            all.addAll(keys);
        }
        if (all.isEmpty()) {
            return;
        }
        parents.read(reference.to(), all);
        for (int i = 0; i < each.size(); i++) {
            var keys = each.get(i);
            var document = documents.get(i);
            if (!keys.isEmpty()) {
                if (reference.isList(document)) {
                    copyLists(reference, keys, document);
                } else {
                    copy(reference, keys.getFirst(), document);
                }
            }
        }
    }

    private void copy(Reference reference, String key, Document document) {
        var parent = parents.find(reference.to(), key);
        if (parent == null) {
            return;
        }
        for (var copied : reference.copies()) {
            var value = parent.get(copied.from());
            if (value != null) {
                document.putKept(copied.to(), value);
            }
        }
    }

    /** Where a parent has no value, its key stands for it. */
    private void copyLists(Reference reference, List<String> keys, Document document) {
        for (var copied : reference.copies()) {
            var values = new ArrayList<Object>(keys.size());
            for (var key : keys) {
                var parent = parents.find(reference.to(), key);
                var value = parent == null ? null : parent.get(copied.from());
                values.add(value == null ? key : value);
            }
            document.putKept(copied.to(), List.copyOf(values));
        }
    }

    private void fill(FirstNonNull first, Document document) {
        var value = value(first, document, null);
        if (value != null) {
            document.putKept(first.field(), value);
        }
    }

    /** @param visited the superiors on the way to this document; null before the first */
    private @Nullable Object value(FirstNonNull first, Document document, @Nullable Set<String> visited) {
        for (var source : first.sources()) {
            var value = value(first, source, document, visited);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Object value(
            FirstNonNull first, Source source, Document document, @Nullable Set<String> visited) {
        if (source.reference() == null) {
            return document.get(source.field());
        }
        var reference = Objects.requireNonNull(references.get(source.reference()));
        for (var key : reference.keys(document)) {
            var parent = parents.find(reference.to(), key);
            if (parent == null) {
                continue;
            }
            if (!definition.toItself(reference)) {
                return parent.get(source.field());
            }
            var superiors = visited == null ? new HashSet<String>() : visited;
            if (visited == null) {
                document.text(Replicas.ID).ifPresent(superiors::add);
            }
            if (superiors.size() < SUPERIORS_MAX && superiors.add(key)) { // Superiors may form a cycle.
                return value(first, parent, superiors);
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
