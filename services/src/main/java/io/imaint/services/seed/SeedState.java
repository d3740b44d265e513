package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import java.time.Instant;
import java.util.Map;

/**
 * What was delivered into a collection, or, under {@link #RELEASE}, which release was the last.
 *
 * @param id the collection
 * @param hash over all files of the release
 * @param delivered hashes of the delivered documents by key; one that is here and not in the collection was removed by
 *     the customer, and stays so
 */
record SeedState(String id, long version, String source, String hash, Instant at, Map<String, String> delivered) {
    static final String RELEASE = "release";

    static final CollectionType<SeedState> TYPE = CollectionType.of("SeedState", SeedState.class, SeedState::id)
            .unscoped("what was delivered to the installation");
}
