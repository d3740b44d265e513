package io.imaint.integration.schedule;

import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.Holder;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: with several processes that follow the same schedule, each time is for one of them.
 *
 * <p>An integration that is polled every few seconds is claimed by one process until that process fails with it or ends,
 * so that a poll that finds nothing writes nothing. The claims of a process are good while it holds one lease, which it
 * prolongs as it polls; when it is gone, others take over its claims.
 *
 * <p>With longer intervals and with cron expressions, who begins a scheduled run notes the time before, over the note that it saw; who comes second finds a time after
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
     * @param holder the process that runs it, or has claimed its polls; null for a run that has ended
     */
    record Turn(
            String integration, Instant begunAt, @Nullable String holder) {}

    static final CollectionType<Turn> TYPE =
            CollectionType.of("DeltaTurns", Turn.class, Turn::integration).unscoped("replication spans all plants");

    /** How long the polls of a process that died on another machine wait for others. */
    private static final Duration CLAIMS_LIFE = Duration.ofSeconds(45);

    /** A third of it, so that one renewal may fail. */
    private static final Duration CLAIMS_RENEWAL = Duration.ofSeconds(15);

    private static final String CLAIMS = "schedule-";

    private final Store store;
    private final Holder here;
    private final Documents<Turn> turns;
    private @Nullable Lease claims;
    private Instant renewedAt = Instant.MIN;

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
        return timing.comesWithin(LEASE_PATIENCE) ? claim(integration, now) : takeOne(integration, timing, now);
    }

    /** Claims the polls of an integration, or finds them claimed by this process already. */
    private Optional<Stored<Turn>> claim(String integration, Instant now) {
        var found = turns.find(integration);
        var holder = found.map(turn -> turn.value().holder()).orElse(null);
        boolean ours = here.text().equals(holder);
        if (!ours && holder != null && claims(holder)) {
            return Optional.empty();
        }
        if (!holdsClaims(now)) {
            return Optional.empty();
        }
        return ours ? found : written(found, new Turn(integration, now, here.text()));
    }

    /** Whether a process may be alive and follow the schedule. */
    private boolean claims(String holder) {
        return !here.surelyEnded(holder)
                && store.leases().holder(CLAIMS + holder).isPresent();
    }

    private synchronized boolean holdsClaims(Instant now) {
        boolean due = now.isBefore(renewedAt) || !renewedAt.plus(CLAIMS_RENEWAL).isAfter(now);
        if (claims != null && !due) {
            return true;
        }
        if (claims == null || !store.leases().renew(claims, CLAIMS_LIFE)) {
            claims = store.leases()
                    .acquire(CLAIMS + here.text(), here.text(), CLAIMS_LIFE)
                    .orElse(null);
        }
        renewedAt = now;
        return claims != null;
    }

    private Optional<Stored<Turn>> takeOne(String integration, Timing timing, Instant now) {
        var found = turns.find(integration);
        var begun = begun(found, now);
        if (begun != null && !timing.dueAgain(begun, now)) {
            return Optional.empty();
        }
        return written(found, new Turn(integration, now, here.text()));
    }

    private Optional<Stored<Turn>> written(Optional<Stored<Turn>> found, Turn ours) {
        var written = found.isPresent() ? turns.replace(ours, found.get().rev()) : turns.insert(ours);
        return switch (written) {
            case Written.Done<Turn> done -> Optional.of(done.stored());
            case Written.Lost<Turn> lost -> Optional.empty();
        };
    }

    /** Notes that a run has come to its end; a claim stays. */
    void ended(Stored<Turn> turn, Timing timing) {
        if (!timing.comesWithin(LEASE_PATIENCE)) {
            turns.replace(new Turn(turn.key(), turn.value().begunAt(), null), turn.rev());
        }
    }

    /** Gives back a turn that could not be used now; a claim stays, since nobody else could use it either. */
    void notNow(Stored<Turn> turn, Timing timing) {
        if (!timing.comesWithin(LEASE_PATIENCE)) {
            giveBack(turn);
        }
    }

    /** Gives back a turn or a claim with which this process failed, unless another has followed. */
    void giveBack(Stored<Turn> turn) {
        turns.remove(turn.key(), turn.rev());
    }

    /** Gives all claims back, so that others need not wait. */
    synchronized void close() {
        if (claims != null) {
            store.leases().release(claims);
            claims = null;
        }
    }
}
