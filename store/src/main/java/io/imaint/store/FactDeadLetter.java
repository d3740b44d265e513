package io.imaint.store;

import java.time.Instant;

/**
 * A fact that a consumer failed to take again and again, and that was passed over so that it blocks no others. It stays
 * until somebody has seen to it.
 *
 * @param id the consumer's name and the fact's id
 * @param reason what the consumer failed with
 */
record FactDeadLetter(String id, String consumer, Instant at, String reason, StoredFact fact) {
    static final CollectionType<FactDeadLetter> TYPE = CollectionType.of(
                    "FactDeadLetters", FactDeadLetter.class, FactDeadLetter::id)
            .unscoped("failures of the system's own consumers, for administrators")
            .index("consumer", "at");
}
