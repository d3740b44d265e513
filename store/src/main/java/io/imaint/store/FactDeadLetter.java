package io.imaint.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a consumer failed to take again and again, and that was passed over so that it blocks no others. It stays
 * until the consumer has taken it after all.
 *
 * @param id the consumer's name and the fact's id
 * @param at when it failed last
 * @param reason what the consumer failed with
 * @param replayAt when it was asked to be given to the consumer again; null once it was, or when nobody asked
 * @param discarded why somebody discards it, written just before it is removed, so that the audit trail has it
 */
public record FactDeadLetter(
        String id,
        String consumer,
        Instant at,
        String reason,
        StoredFact fact,
        @Nullable Instant replayAt,
        @Nullable String discarded) {
    public static final CollectionType<FactDeadLetter> TYPE = CollectionType.of(
                    "FactDeadLetters", FactDeadLetter.class, FactDeadLetter::id)
            .unscoped("failures of the system's own consumers, for administrators")
            .index("consumer", "replayAt")
            .index("at");

    static FactDeadLetter of(String consumer, StoredFact fact, Instant at, Throwable failed) {
        return new FactDeadLetter(consumer + ":" + fact.id(), consumer, at, String.valueOf(failed), fact, null, null);
    }

    /** The letters whose facts a consumer is to be given again. */
    static Condition replays(String consumer) {
        return Condition.and(
                Condition.equal("consumer", consumer), new Condition.Range("replayAt", Instant.EPOCH, null));
    }

    FactDeadLetter failedAgain(Instant now, Throwable failed) {
        return new FactDeadLetter(id, consumer, now, String.valueOf(failed), fact, null, null);
    }

    /** The same, for the consumer to be given the fact again soon, by whichever process runs it. */
    public FactDeadLetter replayed(Instant now) {
        return new FactDeadLetter(id, consumer, at, reason, fact, now, null);
    }

    /** The same, as it is removed; whoever reads it meanwhile does not replay it. */
    public FactDeadLetter discarded(String why) {
        return new FactDeadLetter(id, consumer, at, reason, fact, null, why);
    }
}
