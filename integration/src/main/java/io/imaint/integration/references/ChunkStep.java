package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.List;

/**
 * What is done with the documents of a chunk, made from SAP's rows, before they are written. A loader calls it for every
 * chunk, right before {@code upsertAll}, on the thread that writes; so what it adds is compared with what stands in the
 * store, and a document that SAP sent again unchanged stays unchanged.
 */
public interface ChunkStep {
    /** Leaves every chunk as it is. */
    ChunkStep NONE = (type, chunk) -> {};

    /** Completes the documents in place. May read the store, and fail as it does. */
    void apply(CollectionType<Document> type, List<Document> chunk);
}
