package io.imaint.integration.references;

import io.imaint.store.CollectionType;
import io.imaint.store.CollectionType.Codec;
import io.imaint.store.Document;

/**
 * How far the changes of a collection have been followed.
 *
 * @param position in the store's change sequence; 0 before the first
 * @param fingerprint of the references by which it was followed; with others it is followed from the beginning
 */
record MappedPosition(String collection, long position, String fingerprint) {
    static final CollectionType<MappedPosition> TYPE = CollectionType.of(
            "MappedPositions", Codec.by(MappedPosition::write, MappedPosition::read), MappedPosition::collection)
            .unscoped("replication spans all plants");

    private static Document write(MappedPosition position) {
        return new Document()
                .put("collection", position.collection)
                .put("position", position.position)
                .put("fingerprint", position.fingerprint);
    }

    private static MappedPosition read(Document document) {
        return new MappedPosition(
                document.text("collection").orElseThrow(),
                document.integer("position").orElseThrow(),
                document.text("fingerprint").orElseThrow());
    }
}
