package io.imaint.integration.references;

import io.imaint.store.CollectionType;

/**
 * How far the changes of a collection have been followed.
 *
 * @param position in the store's change sequence; 0 before the first
 * @param fingerprint of the references by which it was followed; with others it is followed from the beginning
 */
record MappedPosition(String collection, long position, String fingerprint) {
    static final CollectionType<MappedPosition> TYPE = CollectionType.of(
                    "MappedPositions", MappedPosition.class, MappedPosition::collection)
            .unscoped("replication spans all plants");
}
