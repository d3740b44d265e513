package io.imaint.integration.state;

import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.replica.Replicas;
import java.util.List;

/** Keeps what stands in a collection from being replaced by an older state of the same object. */
public final class Newest {
    private Newest() {}

    /**
     * A chunk without the documents of which a newer state stands there already. Of two states with the same stamp, the
     * one that comes counts.
     *
     * @param stampField the field with the time of the last change, as text that sorts like the time it denotes
     */
    public static List<Document> of(Documents<Document> documents, List<Document> chunk, String stampField) {
        var keys = chunk.stream()
                .map(document -> document.text(Replicas.ID).orElseThrow())
                .distinct()
                .toList();
        var standing = documents.findAll(keys);
        if (standing.isEmpty()) {
            return chunk;
        }
        return chunk.stream()
                .filter(document -> {
                    var stored = standing.get(document.text(Replicas.ID).orElseThrow());
                    return stored == null || !late(document, stored.value(), stampField);
                })
                .toList();
    }

    /** Whether a document comes later than a newer state of the same object. */
    public static boolean late(Document coming, Document standing, String stampField) {
        return standing.get(stampField) instanceof String there
                && coming.get(stampField) instanceof String here
                && there.compareTo(here) > 0;
    }
}
