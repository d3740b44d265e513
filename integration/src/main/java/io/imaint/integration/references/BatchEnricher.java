package io.imaint.integration.references;

import io.imaint.integration.references.Reference.Target;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import java.util.List;

/**
 * Completes the documents of a batch, made from SAP's rows, before they are written. Loads and deltas call it right
 * before {@code upsertAll}, so a document that SAP sent again unchanged stays unchanged in the store.
 */
public interface BatchEnricher {
    /** Leaves every batch as it is. */
    BatchEnricher NONE = (type, batch) -> {};

    /** Completes the documents in place. Reads the store, and fails as it does. */
    void enrich(CollectionType<Document> type, List<Document> batch);

    /**
     * Fills copied fields. They may be outdated by the time of the write; {@link ReferenceMapper} corrects them
     * afterwards. Safe for several threads.
     */
    static BatchEnricher copying(Store store, References references) {
        var cache = new Parents.Recent(store);
        return (type, batch) -> references.of(type.name()).ifPresent(definition -> {
            cache.refresh(definition.references().stream()
                    .filter(reference -> !definition.toItself(reference))
                    .map(Reference::to)
                    .map(Target::collection)
                    .distinct()
                    .toList());
            var parents = new Parents(store, references, cache, type.name());
            parents.expect(type.name(), batch);
            new Resolver(definition, parents).resolve(batch);
        });
    }
}
