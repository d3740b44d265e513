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
 * Gives each due run to exactly one of the processes that follow the same schedule.
 *
 * <p>An integration with a short interval is claimed by one process until that process fails with it or ends, so that a
 * poll that finds nothing writes nothing. All such claims of a process hold as long as its one lease, which it renews as
 * it polls; when the lease is gone, others take over its claims.
 *
 * <p>A run at a longer interval or by a cron expression is claimed by noting when it began, over the note that was read;
 * the process that comes second finds that nothing is due yet. Clocks that differ by seconds only make the process whose
 * clock is ahead run more often than the others. A run that could not be done releases its claim, so that others may
 * try. A process that was killed cannot do so: a claim without an end whose integration nobody runs does not count.
 */
final class ScheduleClaims {
    /** A time further ahead is that of a wrong clock, and is ignored; NTP keeps clocks far closer. */
    static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /** Long enough for a run to take its integration's lease; shorter intervals are polled by one process. */
    private static final Duration POLLED_MAX = Duration.ofMinutes(5);

    /**
     * The last scheduled run of an integration, or the process that polls it.
     *
     * @param begunAt when the run, or the polling, began
     * @param holder the process that runs or polls it; null for a run that has ended
     */
    record Claim(
            String integration, Instant begunAt, @Nullable String holder) {}

    static final CollectionType<Claim> TYPE =
            CollectionType.of("DeltaTurns", Claim.class, Claim::integration).unscoped("replication spans all plants");

    /** How long others wait for the polls of a process that died on another machine. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(45);

    /** A third of it, so that one renewal may fail. */
    private static final Duration LEASE_RENEWAL = Duration.ofSeconds(15);

    private static final String LEASE = "schedule-";

    private final Store store;
    private final Holder here;
    private final Documents<Claim> claims;
    private @Nullable Lease lease;
    private Instant renewedAt = Instant.MIN;

    /** @param here the process that claims */
    ScheduleClaims(Store store, Holder here) {
        this.store = store;
        this.here = here;
        this.claims = store.documents(TYPE);
    }

    /** When the last run began that is known to have ended, in any process; null when there is none. */
    @Nullable
    Instant lastBegun(String integration, Instant now) {
        return begun(claims.find(integration).filter(claim -> claim.value().holder() == null), now);
    }

    /** When to check whether the process that claimed a run has died; empty when the run has ended. */
    Optional<Instant> lookAgainAt(String integration, Instant now) {
        return claims.find(integration)
                .map(Stored::value)
                .filter(claim -> claim.holder() != null)
                .map(claim -> claim.begunAt().plus(POLLED_MAX).plusSeconds(1))
                .map(soonest -> soonest.isAfter(now) ? soonest : now.plus(POLLED_MAX));
    }

    private @Nullable Instant begun(Optional<Stored<Claim>> found, Instant now) {
        return found.map(Stored::value)
                .filter(claim -> !claim.begunAt().isAfter(now.plus(SKEW_MAX)) && !abandoned(claim, now))
                .map(Claim::begunAt)
                .orElse(null);
    }

    private boolean abandoned(Claim claim, Instant now) {
        var holder = claim.holder();
        if (holder == null) {
            return false;
        }
        return here.surelyEnded(holder)
                || (claim.begunAt().plus(POLLED_MAX).isBefore(now)
                        && store.leases()
                                .holder(HeldLease.nameFor(claim.integration()))
                                .isEmpty());
    }

    /** Claims the run that is due now; empty when another process has it. */
    Optional<Stored<Claim>> take(String integration, NextRunRule rule, Instant now) {
        return rule.comesWithin(POLLED_MAX) ? takePolls(integration, now) : takeRun(integration, rule, now);
    }

    /** Claims the polls of an integration, or finds them claimed by this process already. */
    private Optional<Stored<Claim>> takePolls(String integration, Instant now) {
        var found = claims.find(integration);
        var holder = found.map(claim -> claim.value().holder()).orElse(null);
        boolean ours = here.text().equals(holder);
        if ((!ours && holder != null && polls(holder)) || !holdsLease(now)) {
            return Optional.empty();
        }
        return ours ? found : written(found, new Claim(integration, now, here.text()));
    }

    /** Whether a process may be alive and follow the schedule. */
    private boolean polls(String holder) {
        return !here.surelyEnded(holder)
                && store.leases().holder(LEASE + holder).isPresent();
    }

    private synchronized boolean holdsLease(Instant now) {
        boolean due = now.isBefore(renewedAt) || !renewedAt.plus(LEASE_RENEWAL).isAfter(now);
        if (lease != null && !due) {
            return true;
        }
        if (lease == null || !store.leases().renew(lease, LEASE_LIFE)) {
            lease = store.leases()
                    .acquire(LEASE + here.text(), here.text(), LEASE_LIFE)
                    .orElse(null);
        }
        renewedAt = now;
        return lease != null;
    }

    private Optional<Stored<Claim>> takeRun(String integration, NextRunRule rule, Instant now) {
        var found = claims.find(integration);
        var begun = begun(found, now);
        if (begun != null && !rule.dueAgain(begun, now)) {
            return Optional.empty();
        }
        return written(found, new Claim(integration, now, here.text()));
    }

    private Optional<Stored<Claim>> written(Optional<Stored<Claim>> found, Claim ours) {
        var written = found.isPresent() ? claims.replace(ours, found.get().rev()) : claims.insert(ours);
        return switch (written) {
            case Written.Done<Claim> done -> Optional.of(done.stored());
            case Written.Lost<Claim> lost -> Optional.empty();
        };
    }

    /** Notes the end of a run; a claim of polls stays. */
    void ended(Stored<Claim> claim, NextRunRule rule) {
        if (!rule.comesWithin(POLLED_MAX)) {
            claims.replace(new Claim(claim.key(), claim.value().begunAt(), null), claim.rev());
        }
    }

    /** Releases the claim of a run that could not begin; a claim of polls stays, since no other process could poll either. */
    void notNow(Stored<Claim> claim, NextRunRule rule) {
        if (!rule.comesWithin(POLLED_MAX)) {
            release(claim);
        }
    }

    /** Releases a claim, unless another process has taken it since. */
    void release(Stored<Claim> claim) {
        claims.remove(claim.key(), claim.rev());
    }

    /** Releases the claims of all polls, so that others need not wait. */
    synchronized void close() {
        if (lease != null) {
            store.leases().release(lease);
            lease = null;
        }
    }
}
