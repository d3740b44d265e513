package io.imaint.integration.load;

import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.state.Newest;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How chunks get into a collection: without what is older than what stands there, and completed.
 *
 * @param stampField by which older states are told; null when nothing newer can stand there
 */
record Upserts(
        CollectionType<Document> type,
        Documents<Document> documents,
        ChunkStep step,
        @Nullable String stampField) {
    /** The same in a store under a lease. */
    Upserts in(Store store) {
        return new Upserts(type, store.documents(type), step, stampField);
    }

    /** Writes a chunk; what was left out as older counts as unchanged. */
    Upserted write(List<Document> chunk) {
        var fresh = stampField == null ? chunk : Newest.of(documents, chunk, stampField);
        var left = new Upserted(0, 0, chunk.size() - fresh.size());
        if (fresh.isEmpty()) {
            return left;
        }
        step.apply(type, fresh);
        return documents.upsertAll(fresh).plus(left);
    }
}
