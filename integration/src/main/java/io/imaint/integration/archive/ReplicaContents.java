package io.imaint.integration.archive;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.PartitionState;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contents that replication keeps in a store: the documents of the replicated collections, and the states of the
 * integrations, which hold only together with them.
 */
final class ReplicaContents {
    /** Documents that are in memory at once; as many as a load writes at once. */
    private static final int CHUNK = 1_000;

    /**
     * A collection of states.
     *
     * @param integration whose state a document is
     */
    private record States<T>(CollectionType<T> type, Function<T, String> integration) {}

    /** In the order in which a restore writes them: what says that data is loaded comes last. */
    private static final List<States<?>> STATES = List.of(
            new States<>(DeadLetters.TYPE, DeadLetter::integration),
            new States<>(InboundRuns.TYPE, InboundRun::integration),
            new States<>(PartitionState.TYPE, PartitionState::integration),
            new States<>(InboundState.TYPE, InboundState::integration));

    private final Store store;
    private final Documents<Integration> integrations;

    ReplicaContents(Store store) {
        this.store = store;
        this.integrations = store.documents(Integrations.TYPE);
    }

    /** The replicated collections: those that are declared, and those into which an integration brings data. */
    List<CollectionType<Document>> replicas() {
        var names = definitions().map(ReplicaContents::collection).collect(Collectors.toSet());
        Replicas.ALL.forEach(type -> names.add(type.name()));
        return Replicas.of(names);
    }

    private Stream<Integration> definitions() {
        return Integrations.all(integrations).stream().map(Stored::value);
    }

    private static String collection(Integration integration) {
        return integration.mapping().collection();
    }

    /** The integrations that bring data into some collections. */
    Set<String> integrationsInto(List<String> collections) {
        return definitions()
                .filter(integration -> collections.contains(collection(integration)))
                .map(Integration::name)
                .collect(Collectors.toSet());
    }

    /** How many documents each replicated collection holds. */
    SequencedMap<String, Long> documents() {
        var counts = new LinkedHashMap<String, Long>();
        replicas().forEach(type -> counts.put(type.name(), count(type)));
        return counts;
    }

    /** How many documents each collection of states holds. */
    SequencedMap<String, Long> states() {
        var counts = new LinkedHashMap<String, Long>();
        STATES.forEach(states -> counts.put(states.type().name(), count(states.type())));
        return counts;
    }

    /** What a dump holds, in its order: definitions, documents, states. */
    SequencedMap<String, Long> all() {
        var counts = new LinkedHashMap<String, Long>();
        counts.put(Integrations.TYPE.name(), count(Integrations.TYPE));
        counts.putAll(documents());
        counts.putAll(states());
        return counts;
    }

    boolean isEmpty() {
        return documents().values().stream().allMatch(count -> count == 0);
    }

    private long count(CollectionType<?> type) {
        return store.documents(type).count(Condition.ALL);
    }

    /** @param but integrations that keep theirs */
    void removeStates(Set<String> but) {
        STATES.reversed().forEach(states -> removeStates(states, but));
    }

    private <T> void removeStates(States<T> states, Set<String> but) {
        var documents = store.documents(states.type());
        if (but.isEmpty()) {
            documents.removeAll(Condition.ALL);
            return;
        }
        each(
                states.type(),
                chunk -> chunk.stream()
                        .filter(stored -> !but.contains(states.integration().apply(stored.value())))
                        .forEach(stored -> documents.remove(stored.key(), stored.rev())));
    }

    void removeDocuments(List<String> but) {
        for (var type : replicas()) {
            if (!but.contains(type.name())) {
                store.documents(type).removeAll(Condition.ALL);
            }
        }
    }

    /** Hands all documents of a collection of {@link #all} over, as they are kept. */
    void read(String collection, Consumer<Document> sink) {
        read(type(collection).orElseThrow(), sink);
    }

    private <T> void read(CollectionType<T> type, Consumer<Document> sink) {
        each(type, chunk -> chunk.forEach(stored -> sink.accept(type.write(stored.value()))));
    }

    private <T> void each(CollectionType<T> type, Consumer<List<Stored<T>>> sink) {
        var documents = store.documents(type);
        String after = null;
        do {
            var page = documents.list(Query.where(Condition.ALL).limit(CHUNK).after(after));
            sink.accept(page.items());
            after = page.next();
        } while (after != null);
    }

    /** A collection that a dump may hold. */
    static Optional<CollectionType<?>> type(String collection) {
        if (collection.equals(Integrations.TYPE.name())) {
            return Optional.of(Integrations.TYPE);
        }
        var states = STATES.stream()
                .<CollectionType<?>>map(States::type)
                .filter(type -> type.name().equals(collection))
                .findFirst();
        return states.isPresent() ? states : Replicas.find(collection).map(Function.identity());
    }

    /** Writes documents of a dump into one collection. */
    void write(String collection, List<Document> documents) {
        write(type(collection).orElseThrow(), documents);
    }

    private <T> void write(CollectionType<T> type, List<Document> documents) {
        if (type.name().equals(Integrations.TYPE.name())) { // What an administrator defined here stays as it is.
            Integrations.insertMissing(
                    integrations,
                    documents.stream().map(Integrations.TYPE::read).toList());
        } else {
            store.documents(type).upsertAll(documents.stream().map(type::read).toList());
        }
    }
}
