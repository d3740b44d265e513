package io.imaint.integration.schedule;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: with several processes that follow the same schedule, each time is for one of them.
 *
 * <p>Who begins a scheduled run notes the time before, over the note that it saw; who comes second finds a time after
 * which nothing is due yet. Clocks that differ by seconds only let the one that is ahead run more often than the others.
 * A run that could not be done gives its turn back, so that others may try.
 */
public final class Turns {
    /** A note from further ahead was made by a clock that is wrong, and is not heeded; NTP keeps clocks far closer. */
    static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /** When a scheduled run of an integration last began. */
    record Turn(String integration, Instant begunAt) {
        Document document() {
            return new Document().put("integration", integration).put("begunAt", begunAt);
        }

        static Turn read(Document document) {
            var in = new StrictDocument(document, "DeltaTurns '" + document.get("integration") + "'");
            var turn = new Turn(in.text("integration"), in.instant("begunAt").orElse(Instant.EPOCH));
            in.end();
            return turn;
        }
    }

    static final CollectionType<Turn> TYPE =
            CollectionType.of("DeltaTurns", new CollectionType.Codec<>(Turn::document, Turn::read), Turn::integration);

    private final Documents<Turn> turns;

    Turns(Store store) {
        this.turns = store.documents(TYPE);
    }

    /** When a run last began, by whichever process; null when none did, or a wrong clock said so. */
    @Nullable
    Instant lastBegun(String integration, Instant now) {
        return turns.find(integration)
                .map(found -> found.value().begunAt())
                .filter(begun -> !begun.isAfter(now.plus(SKEW_MAX)))
                .orElse(null);
    }

    /** Takes the turn that is due now; empty when another process has had it. */
    Optional<Stored<Turn>> take(String integration, Timing timing, Instant now) {
        var found = turns.find(integration);
        var begun = found.map(turn -> turn.value().begunAt())
                .filter(at -> !at.isAfter(now.plus(SKEW_MAX)))
                .orElse(null);
        if (begun != null && !timing.dueAgain(begun, now)) {
            return Optional.empty();
        }
        var ours = new Turn(integration, now);
        var written = found.isPresent() ? turns.replace(ours, found.get().rev()) : turns.insert(ours);
        return switch (written) {
            case Written.Done<Turn> done -> Optional.of(done.stored());
            case Written.Lost<Turn> lost -> Optional.empty();
        };
    }

    /** Gives back a turn that was not used, unless another has followed. */
    void giveBack(Stored<Turn> turn) {
        turns.remove(turn.key(), turn.rev());
    }
}
