package io.imaint.integration.archive;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** The collections that are not SAP's: who may do what, forms, settings. Dumps hold their documents whole. */
final class Configuration {
    static final Configuration NONE = new Configuration(List.of());

    /** Documents in memory at once. */
    private static final int CHUNK = 1_000;

    private final SequencedMap<String, CollectionType<?>> types = new LinkedHashMap<>();

    Configuration(List<CollectionType<?>> types) {
        types.forEach(type -> this.types.put(type.name(), type));
    }

    Optional<CollectionType<?>> type(String collection) {
        return Optional.ofNullable(types.get(collection));
    }

    /** How many documents each collection holds. */
    SequencedMap<String, Long> documents(Store store) {
        var counts = new LinkedHashMap<String, Long>();
        types.forEach((name, type) -> counts.put(name, store.documents(type).count(Condition.ALL)));
        return counts;
    }

    /** The versions in which documents are kept, where there was more than one. */
    SequencedMap<String, Long> versions() {
        var versions = new LinkedHashMap<String, Long>();
        types.forEach((name, type) -> {
            if (type.version() > 0) {
                versions.put(name, (long) type.version());
            }
        });
        return versions;
    }

    void read(Store store, BiConsumer<String, Document> sink) {
        types.forEach((name, type) -> {
            var documents = store.documents(type.whole());
            String after = null;
            do {
                var page =
                        documents.list(Query.where(Condition.ALL).limit(CHUNK).after(after));
                page.values().forEach(document -> sink.accept(name, document));
                after = page.next();
            } while (after != null);
        });
    }

    /** Removes the documents of the collections that a dump holds. */
    void remove(Store store, DumpHeader dump) {
        types.forEach((name, type) -> {
            if (dump.collections().containsKey(name)) {
                store.documents(type).removeAll(Condition.ALL);
            }
        });
    }

    /** A document of a dump as this version keeps it. */
    Document current(DumpHeader dump, String collection, Document document) {
        int from = dump.versions().getOrDefault(collection, 0L).intValue();
        return type(collection).map(type -> type.migrated(document, from)).orElse(document);
    }

    /** Writes documents of a dump into one collection. */
    void write(Store store, String collection, List<Document> documents) {
        store.documents(type(collection).orElseThrow().whole()).upsertAll(documents);
    }
}
