package io.imaint.integration.references;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.PackedDocuments;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All references between collections: what points where, and what is copied along. They lead from a collection to
 * others, or to itself, but never in a circle over several: so there is an order in which every collection comes after
 * those that it copies from.
 */
public final class References {
    private static final String PACKED = "references.json";

    /** A reference seen from the parent. */
    record Link(CollectionReferences children, Reference reference) {}

    private final Map<String, CollectionReferences> byCollection = new LinkedHashMap<>();
    private final Map<String, List<Link>> into = new HashMap<>();
    private final Map<String, Set<String>> needed = new HashMap<>();
    private final List<String> order;

    private References(List<CollectionReferences> all) {
        for (var definition : all) {
            if (byCollection.put(definition.collection(), definition) != null) {
                throw invalid(definition, "it is there twice");
            }
        }
        for (var definition : all) {
            verify(definition);
            definition
                    .references()
                    .forEach(reference -> into.computeIfAbsent(reference.to(), unseen -> new ArrayList<>())
                            .add(new Link(definition, reference)));
            need(definition);
        }
        this.order = List.copyOf(ordered());
    }

    /** The references of the product. */
    public static References product() {
        return of(PackedDocuments.of(References.class, PACKED).stream()
                .map(ReferencesCodec::read)
                .toList());
    }

    /** @throws Failure {@link DefinitionProblem#INTEGRATION_INVALID} naming what cannot be meant */
    static References of(List<CollectionReferences> all) {
        return new References(all);
    }

    Optional<CollectionReferences> of(String collection) {
        return Optional.ofNullable(byCollection.get(collection));
    }

    /** The fields of a collection's documents that resolving fills. */
    public Set<String> fills(String collection) {
        return of(collection).map(CollectionReferences::fills).orElse(Set.of());
    }

    /** Every collection that refers or is referred to, after those that it copies from. */
    List<String> order() {
        return order;
    }

    /** Who refers to the documents of a collection. */
    List<Link> into(String collection) {
        return into.getOrDefault(collection, List.of());
    }

    /** The fields of a collection's documents that somebody copies or follows. */
    Set<String> needed(String collection) {
        return needed.getOrDefault(collection, Set.of());
    }

    private void need(CollectionReferences definition) {
        for (var line : definition.lines()) {
            switch (line) {
                case Reference reference -> {
                    var fields = needed(reference);
                    fields.add(reference.match());
                    reference.take().forEach(taken -> fields.add(taken.from()));
                }
                case First first -> first.of().forEach(source -> need(definition, source));
            }
        }
    }

    private void need(CollectionReferences definition, First.Source source) {
        if (source.reference() == null) {
            return;
        }
        var reference = definition.reference(source.reference()).orElseThrow();
        var fields = needed(reference);
        fields.add(source.field());
        if (!reference.to().equals(definition.collection())) {
            return;
        }
        // The search goes on from the superior, by its own fields and references.
        for (var line : definition.lines()) {
            switch (line) {
                case Reference further -> {
                    fields.addAll(further.by());
                    if (further.when() != null) {
                        fields.add(further.when().field());
                    }
                }
                case First first ->
                    first.of().stream().filter(own -> own.reference() == null).forEach(own -> fields.add(own.field()));
            }
        }
    }

    private Set<String> needed(Reference reference) {
        return needed.computeIfAbsent(reference.to(), unseen -> new LinkedHashSet<>());
    }

    private static void verify(CollectionReferences definition) {
        if (Replicas.find(definition.collection()).isEmpty()) {
            throw invalid(definition, "there is no such collection");
        }
        var filledLater = new HashSet<>(definition.fills());
        var filled = new HashSet<String>();
        for (var line : definition.lines()) {
            switch (line) {
                case Reference reference -> verify(definition, reference, filledLater);
                case First first -> verify(definition, first);
            }
            for (var field : line.fills()) {
                if (!filled.add(field) || field.equals(Replicas.ID)) {
                    throw invalid(definition, "'%s' is filled twice, or is the key; rename it".formatted(field));
                }
                filledLater.remove(field);
            }
        }
    }

    private static void verify(CollectionReferences definition, Reference reference, Set<String> filledLater) {
        if (Replicas.find(reference.to()).isEmpty()) {
            throw invalid(
                    definition,
                    "'%s' leads to '%s', which is no collection".formatted(reference.name(), reference.to()));
        }
        for (var field : reference.by()) {
            if (filledLater.contains(field)) {
                throw invalid(
                        definition,
                        "'%s' goes by '%s', which a later line fills; put that line first"
                                .formatted(reference.name(), field));
            }
        }
        boolean toItself = reference.to().equals(definition.collection());
        for (var taken : reference.take()) {
            if (toItself && definition.fills().contains(taken.from())) {
                throw invalid(
                        definition,
                        "'%s' copies '%s' from its own collection, where it is a copy; use 'first'"
                                .formatted(reference.name(), taken.from()));
            }
        }
    }

    private static void verify(CollectionReferences definition, First first) {
        for (var source : first.of()) {
            if (source.reference() == null) {
                continue;
            }
            var reference = definition
                    .reference(source.reference())
                    .orElseThrow(() -> invalid(
                            definition, "'%s' names no reference of this collection".formatted(source.reference())));
            boolean toItself = reference.to().equals(definition.collection());
            boolean last = first.of().getLast().equals(source);
            if (toItself && !(last && source.field().equals(first.field()))) {
                throw invalid(
                        definition,
                        "'%s' may go on in its own collection only as the last source and for the same field"
                                .formatted(first.field()));
            }
        }
    }

    /** Parents before children, by walking from each collection to those it copies from. */
    private Set<String> ordered() {
        var done = new LinkedHashSet<String>();
        byCollection.keySet().forEach(collection -> order(collection, done, new LinkedHashSet<>()));
        return done;
    }

    private void order(String collection, Set<String> done, Set<String> under) {
        if (done.contains(collection)) {
            return;
        }
        if (!under.add(collection)) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "references form a cycle: %s and back to %s".formatted(String.join(" → ", under), collection));
        }
        for (var definition : of(collection).stream().toList()) {
            for (var reference : definition.references()) {
                if (!reference.to().equals(collection)) {
                    order(reference.to(), done, under);
                }
            }
        }
        under.remove(collection);
        done.add(collection);
    }

    private static Failure invalid(CollectionReferences definition, String finding) {
        return DefinitionProblem.INTEGRATION_INVALID.because(
                "references of '%s': %s".formatted(definition.collection(), finding));
    }
}
