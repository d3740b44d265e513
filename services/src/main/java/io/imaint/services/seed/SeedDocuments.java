package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored documents of a seeded collection, whole: what seed data may have, what is the service's own, and in the
 * field {@value #SEED} what was delivered: {@code {version, base}}. That field changes in the same write as the document,
 * so that both are always of one release; services neither see nor lose it.
 */
final class SeedDocuments {
    static final String SEED = "_seed";

    private static final String BASE = "base";
    private static final String VERSION = "version";

    private final CollectionType<?> type;
    private final CollectionType<Document> whole;
    private final Set<String> fields;

    /** Whether the service's record has fields that no seed has; otherwise an unknown field is a mistake. */
    private final boolean record;

    SeedDocuments(CollectionType<?> type) {
        this.type = type;
        this.whole = type.whole();
        this.fields = SeedCollections.schemaOf(type.name()).fields();
        this.record = SeedCollections.isOfService(type);
    }

    String name() {
        return type.name();
    }

    Documents<Document> in(Store store) {
        return store.documents(whole);
    }

    Map<String, Stored<Document>> all(Store store) {
        var all = new LinkedHashMap<String, Stored<Document>>();
        var documents = in(store);
        String after = null;
        do {
            var page = documents.list(Query.where(Condition.ALL).limit(1_000).after(after));
            page.items().forEach(stored -> all.put(stored.key(), stored));
            after = page.next();
        } while (after != null);
        return all;
    }

    /**
     * The part of a document that seed data may have, in the form in which its service writes it, without what is null.
     * {@link IllegalArgumentException} when the service cannot read it.
     */
    Document seeded(Document document) {
        var seeded = new Document();
        type.normal(document).forEach((name, value) -> {
            if (value != null && !name.equals(SEED) && (!record || fields.contains(name))) {
                seeded.put(name, SeedJson.kept(SeedJson.node(value)));
            }
        });
        return seeded;
    }

    /** What was delivered of a stored document; empty where nothing was. */
    Optional<Document> base(Document stored) {
        return stored.get(SEED) instanceof Document seed && seed.get(BASE) instanceof Document base
                ? Optional.of(seeded(base))
                : Optional.empty();
    }

    /**
     * A document to write.
     *
     * @param seeded its part that seed data may have
     * @param stored what stands there, whose other fields stay; null when nothing does
     * @param base what was delivered; null for a document that is the customer's alone
     */
    Document written(Document seeded, @Nullable Document stored, @Nullable Document base, long version) {
        var written = seeded.copy();
        if (stored != null) {
            stored.forEach((name, value) -> {
                if (record && !fields.contains(name) && !name.equals(SEED)) {
                    written.putKept(name, value);
                }
            });
        }
        var document = type.normal(written).copy();
        if (base != null) {
            document.put(SEED, new Document().put(VERSION, version).put(BASE, base));
        }
        return document;
    }
}
