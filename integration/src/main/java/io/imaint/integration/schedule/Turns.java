package io.imaint.integration.schedule;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.Holder;
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
 * A run that could not be done gives its turn back, so that others may try. One whose process was killed cannot; so the
 * run of a time that will not soon come again notes its end as well, and a turn that has none and nobody at it counts
 * for nothing.
 */
public final class Turns {
    /** A note from further ahead was made by a clock that is wrong, and is not heeded; NTP keeps clocks far closer. */
    static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /** Long enough for a run to take its integration's lease, wherever it is. */
    private static final Duration LEASE_PATIENCE = Duration.ofMinutes(5);

    /**
     * When a scheduled run of an integration last began.
     *
     * @param holder the process that runs it; null for one that has ended, or whose end is not noted
     */
    record Turn(
            String integration, Instant begunAt, @Nullable String holder) {
        Document document() {
            return new Document()
                    .put("integration", integration)
                    .put("begunAt", begunAt)
                    .put("holder", holder);
        }

        static Turn read(Document document) {
            var in = new StrictDocument(document, "DeltaTurns '" + document.get("integration") + "'");
            var turn = new Turn(
                    in.text("integration"),
                    in.instant("begunAt").orElse(Instant.EPOCH),
                    in.optionalText("holder").orElse(null));
            in.end();
            return turn;
        }
    }

    static final CollectionType<Turn> TYPE =
            CollectionType.of("DeltaTurns", CollectionType.Codec.by(Turn::document, Turn::read), Turn::integration);

    private final Store store;
    private final Holder here;
    private final Documents<Turn> turns;

    /** @param here the process that takes turns */
    Turns(Store store, Holder here) {
        this.store = store;
        this.here = here;
        this.turns = store.documents(TYPE);
    }

    /** When the last run began that is known to have ended, by whichever process; null when none is, or a wrong clock said so. */
    @Nullable
    Instant lastBegun(String integration, Instant now) {
        return begun(turns.find(integration).filter(turn -> turn.value().holder() == null), now);
    }

    /** When to look whether the run that is noted was broken off; empty when it has ended, or nothing is noted. */
    Optional<Instant> lookAgainAt(String integration, Instant now) {
        return turns.find(integration)
                .map(Stored::value)
                .filter(turn -> turn.holder() != null)
                .map(turn -> turn.begunAt().plus(LEASE_PATIENCE).plusSeconds(1))
                .map(soonest -> soonest.isAfter(now) ? soonest : now.plus(LEASE_PATIENCE));
    }

    private @Nullable Instant begun(Optional<Stored<Turn>> found, Instant now) {
        return found.map(Stored::value)
                .filter(turn -> !turn.begunAt().isAfter(now.plus(SKEW_MAX)) && !brokenOff(turn, now))
                .map(Turn::begunAt)
                .orElse(null);
    }

    private boolean brokenOff(Turn turn, Instant now) {
        var holder = turn.holder();
        if (holder == null) {
            return false;
        }
        return here.surelyEnded(holder)
                || (turn.begunAt().plus(LEASE_PATIENCE).isBefore(now)
                        && store.leases()
                                .holder(HeldLease.nameFor(turn.integration()))
                                .isEmpty());
    }

    /** Takes the turn that is due now; empty when another process has had it. */
    Optional<Stored<Turn>> take(String integration, Timing timing, Instant now) {
        var found = turns.find(integration);
        var begun = begun(found, now);
        if (begun != null && !timing.dueAgain(begun, now)) {
            return Optional.empty();
        }
        // The next time of a short interval comes soon enough to spare it the write at its end.
        var holder = timing.comesWithin(LEASE_PATIENCE) ? null : here.text();
        var ours = new Turn(integration, now, holder);
        var written = found.isPresent() ? turns.replace(ours, found.get().rev()) : turns.insert(ours);
        return switch (written) {
            case Written.Done<Turn> done -> Optional.of(done.stored());
            case Written.Lost<Turn> lost -> Optional.empty();
        };
    }

    /** Notes that a run has come to its end, where that is noted. */
    void ended(Stored<Turn> turn) {
        if (turn.value().holder() != null) {
            turns.replace(new Turn(turn.key(), turn.value().begunAt(), null), turn.rev());
        }
    }

    /** Gives back a turn that was not used, unless another has followed. */
    void giveBack(Stored<Turn> turn) {
        turns.remove(turn.key(), turn.rev());
    }
}
