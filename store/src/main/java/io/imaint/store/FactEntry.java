package io.imaint.store;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it is written with its document, and later into the log, where its position is that of the change sequence.
 *
 * @param loggedAt when it came into the log, by which old ones are removed; until then as {@code at}
 */
record FactEntry(
        String id,
        String name,
        String collection,
        String key,
        long rev,
        Instant at,
        Instant loggedAt,
        Actor by,
        @Nullable PlantCode plant,
        Document data) {
    static final CollectionType<FactEntry> TYPE = CollectionType.of("Facts", FactEntry.class, FactEntry::id)
            .unscoped("only the system reads facts; each consumer shows them within its own scope")
            .index("loggedAt")
            .appendOnly()
            .inChangeSequence();

    StoredFact at(long position) {
        return new StoredFact(id, position, name, collection, key, rev, at, by, plant, data);
    }

    FactEntry logged(Instant now) {
        return new FactEntry(id, name, collection, key, rev, at, now, by, plant, data);
    }
}
