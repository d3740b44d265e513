package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import java.util.List;

/**
 * Fills the copies of a chunk's documents before they are written. What it finds may be outdated by the time of the
 * write; {@link ReferenceMapper} sets that right afterwards. Safe for several threads.
 */
public final class CopyStep implements ChunkStep {
    private final Store store;
    private final References references;
    private final ParentCache cache;

    public CopyStep(Store store, References references) {
        this.store = store;
        this.references = references;
        this.cache = new ParentCache(store);
    }

    @Override
    public void apply(CollectionType<Document> type, List<Document> chunk) {
        var definition = references.of(type.name()).orElse(null);
        if (definition == null) {
            return;
        }
        cache.look(definition.references().stream()
                .map(Reference::to)
                .filter(to -> !to.equals(type.name()))
                .distinct()
                .toList());
        var parents = new Parents(store, references, cache, type.name());
        parents.expect(type.name(), chunk);
        new Resolver(definition, parents, Resolver.Sight.NONE).resolve(chunk);
    }
}
