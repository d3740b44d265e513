package io.imaint.integration.references;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.DocumentTree;
import io.imaint.integration.references.ReferenceRule.FirstNonNull;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All references between collections, with their copied fields. They lead from a collection to others, or to itself, but
 * never in a cycle over several, so there is an order in which every collection comes after those that it copies from.
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
            require(byCollection.put(definition.collection(), definition) == null, definition, "it is there twice");
        }
        for (var definition : all) {
            verify(definition);
            for (var reference : definition.references()) {
                into.computeIfAbsent(reference.to().collection(), unseen -> new ArrayList<>())
                        .add(new Link(definition, reference));
            }
            addNeeded(definition);
        }
        this.order = List.copyOf(ordered());
    }

    /** The references of the product. */
    public static References product() {
        return of(DocumentTree.packed(References.class, PACKED).stream()
                .map(CollectionReferences::read)
                .toList());
    }

    /** @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#INTEGRATION_INVALID} with the first mistake */
    static References of(List<CollectionReferences> all) {
        return new References(all);
    }

    Optional<CollectionReferences> of(String collection) {
        return Optional.ofNullable(byCollection.get(collection));
    }

    /** Changes when resolving the documents of a collection does; empty for one without references. */
    String fingerprint(String collection) {
        return of(collection).map(CollectionReferences::fingerprint).orElse("");
    }

    /** The fields of a collection's documents that resolving fills. */
    public Set<String> fills(String collection) {
        return of(collection).map(CollectionReferences::fills).orElse(Set.of());
    }

    /** Every collection that refers or is referred to, after those that it copies from. */
    List<String> order() {
        return order;
    }

    /** The references to the documents of a collection. */
    List<Link> into(String collection) {
        return into.getOrDefault(collection, List.of());
    }

    /** The fields of a collection's documents that children copy, or by which the search for a value continues. */
    Set<String> needed(String collection) {
        return needed.getOrDefault(collection, Set.of());
    }

    private void addNeeded(CollectionReferences definition) {
        for (var rule : definition.rules()) {
            switch (rule) {
                case Reference reference -> {
                    var fields = neededOf(reference);
                    fields.add(reference.to().match());
                    reference.copies().forEach(copied -> fields.add(copied.from()));
                }
                case FirstNonNull first -> first.sources().forEach(source -> addNeeded(definition, source));
            }
        }
    }

    private void addNeeded(CollectionReferences definition, FirstNonNull.Source source) {
        if (source.reference() == null) {
            return;
        }
        var reference = definition.reference(source.reference()).orElseThrow();
        var fields = neededOf(reference);
        fields.add(source.field());
        if (!definition.toItself(reference)) {
            return;
        }
        // The search goes on from the superior, by its own fields and references.
        for (var rule : definition.rules()) {
            switch (rule) {
                case Reference further -> {
                    fields.addAll(further.by());
                    if (further.when() != null) {
                        fields.add(further.when().field());
                    }
                }
                case FirstNonNull first ->
                    first.sources().stream()
                            .filter(own -> own.reference() == null)
                            .forEach(own -> fields.add(own.field()));
            }
        }
    }

    private Set<String> neededOf(Reference reference) {
        return needed.computeIfAbsent(reference.to().collection(), unseen -> new LinkedHashSet<>());
    }

    private static void verify(CollectionReferences definition) {
        require(Replicas.find(definition.collection()).isPresent(), definition, "there is no such collection");
        var filledLater = new HashSet<>(definition.fills());
        var filled = new HashSet<String>();
        for (var rule : definition.rules()) {
            switch (rule) {
                case Reference reference -> verify(definition, reference, filledLater);
                case FirstNonNull first ->
                    first.sources().stream()
                            .filter(source -> source.reference() != null)
                            .forEach(source -> verify(definition, first, source));
            }
            for (var field : rule.fills()) {
                require(
                        filled.add(field) && !field.equals(Replicas.ID),
                        definition,
                        "'%s' is filled twice, or is the key; rename it",
                        field);
                filledLater.remove(field);
            }
        }
    }

    private static void verify(CollectionReferences definition, Reference reference, Set<String> filledLater) {
        var to = reference.to().collection();
        require(
                Replicas.find(to).isPresent(),
                definition,
                "'%s' leads to '%s', which is no collection",
                reference.name(),
                to);
        for (var field : reference.by()) {
            require(
                    !filledLater.contains(field),
                    definition,
                    "'%s' goes by '%s', which a later rule fills; put that rule first",
                    reference.name(),
                    field);
        }
        for (var copied : reference.copies()) {
            require(
                    !definition.toItself(reference) || !definition.fills().contains(copied.from()),
                    definition,
                    "'%s' copies '%s' from its own collection, where it is a copied field; use 'firstNonNull'",
                    reference.name(),
                    copied.from());
        }
    }

    private static void verify(CollectionReferences definition, FirstNonNull first, FirstNonNull.Source source) {
        var reference = definition.reference(Objects.requireNonNull(source.reference()));
        require(reference.isPresent(), definition, "'%s' names no reference of this collection", source.reference());
        boolean last = first.sources().getLast().equals(source);
        require(
                !definition.toItself(reference.get()) || (last && source.field().equals(first.field())),
                definition,
                "'%s' may continue in its own collection only as the last source and for the same field",
                first.field());
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
        of(collection)
                .ifPresent(definition -> definition.references().stream()
                        .filter(reference -> !definition.toItself(reference))
                        .forEach(reference -> order(reference.to().collection(), done, under)));
        under.remove(collection);
        done.add(collection);
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its annotation is in a library that the program does not have.
    private static void require(boolean valid, CollectionReferences definition, String finding, Object... named) {
        if (!valid) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "references of '%s': %s".formatted(definition.collection(), finding.formatted(named)));
        }
    }

    /** The collections with changes that have not reached the copied fields of other documents yet; empty when all are current. One small query for each collection. */
    public static List<String> behind(Store store) {
        var references = References.product();
        var positions = store.documents(ChangeFollower.Position.TYPE);
        var behind = new ArrayList<String>();
        for (var collection : references.order()) {
            var fingerprint = references.fingerprint(collection);
            long followed = positions
                    .find(collection)
                    .map(Stored::value)
                    .filter(position -> position.fingerprint().equals(fingerprint))
                    .map(ChangeFollower.Position::position)
                    .orElse(0L);
            var type = Replicas.find(collection).orElseThrow();
            if (!store.documents(type).changesAfter(followed, 1).isEmpty()) {
                behind.add(collection);
            }
        }
        return behind;
    }
}
