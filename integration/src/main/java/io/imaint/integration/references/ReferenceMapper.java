package io.imaint.integration.references;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Leases;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Store;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all copies right in the background: one process at a time, under a lease, follows what changes, and now and then
 * looks at everything and counts the orphans.
 */
public final class ReferenceMapper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReferenceMapper.class.getName());

    private static final String LEASE = "reference-mapper";

    /** How long a dead process keeps the others from mapping. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(45);

    /** A third of it, so that one renewal may fail. */
    private static final Duration LEASE_RENEWAL = Duration.ofSeconds(15);

    /** Copies are this much behind at most when there is little to do. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** When the store fails, or another process maps. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(3);

    /** A look at everything costs as much as reading the whole store. */
    private static final Duration WALK_EVERY = Duration.ofHours(6);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** The wish to end, or the lease is lost. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        Ended() {
            super("ended", null, false, false);
        }
    }

    private final Store store;
    private final References references;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Lease lease;
    private Instant renewedAt = Instant.EPOCH;
    private @Nullable ProblemCode warned;

    private ReferenceMapper(Store store, References references, InstantSource clock) {
        this.store = store;
        this.references = references;
        this.clock = clock;
        // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
        this.thread = Thread.ofPlatform().daemon().name("reference-mapper").unstarted(this::run);
    }

    public static ReferenceMapper start(Store store, InstantSource clock) {
        var mapper = new ReferenceMapper(store, References.product(), clock);
        mapper.thread.start();
        return mapper;
    }

    private void run() {
        while (!stopped()) {
            try {
                var held = acquired();
                if (held.isPresent()) {
                    map(held.get());
                } else {
                    pause(TRY_AGAIN);
                }
            } catch (Ended | Follower.Overtaken ended) {
                LOG.log(Level.DEBUG, "mapping ended: {0}", ended.getMessage());
            } catch (Failure failed) {
                LOG.log(
                        failed.code().equals(warned) ? Level.DEBUG : Level.WARNING,
                        "mapping waits: {0}",
                        failed.line());
                warned = failed.code();
                pause(TRY_AGAIN);
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, "mapping met a defect", defect);
                pause(TRY_AGAIN);
            } finally {
                release();
            }
        }
    }

    private Optional<Lease> acquired() {
        var at = clock.instant();
        var holder = "pid-%d/%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
        var acquired = leases().acquire(LEASE, holder, LEASE_LIFE);
        lease = acquired.orElse(null);
        renewedAt = at;
        return acquired;
    }

    private void release() {
        var held = lease;
        lease = null;
        try {
            if (held != null) {
                leases().release(held);
            }
        } catch (Failure failed) { // It runs out by itself.
            LOG.log(Level.DEBUG, "could not release {0}: {1}", LEASE, failed.line());
        }
    }

    private void map(Lease held) {
        var under = store.under(List.of(held));
        // A new one for each lease: what it remembers is true only while nobody else maps.
        var follower = new Follower(under, references, this::check);
        Walk walk = null;
        while (true) {
            check();
            boolean busy = follower.round();
            warned = null;
            if (walk == null && !busy) {
                walk = due(under).orElse(null);
            }
            if (walk != null) {
                walk = step(walk, under);
            } else if (!busy) {
                pause(LOOK_AGAIN);
            }
        }
    }

    private Optional<Walk> due(Store under) {
        var last = store.documents(MapReport.TYPE).find(MapReport.LAST).map(stored -> stored.value());
        long position = store.position();
        boolean due = last.map(report -> position > report.position()
                        && (position > 2 * report.position()
                                || clock.instant().isAfter(report.at().plus(WALK_EVERY))))
                .orElse(position > 0);
        return due ? Optional.of(new Walk(under, references, true, clock)) : Optional.empty();
    }

    private @Nullable Walk step(Walk walk, Store under) {
        var report = walk.step();
        if (report.isEmpty()) {
            return walk;
        }
        MapRun.keep(under.documents(MapReport.TYPE), report.get());
        if (report.get().repaired() > 0) {
            LOG.log(
                    Level.INFO,
                    "{0} documents had outdated copies and were mapped",
                    report.get().repaired());
        }
        return null;
    }

    /** Ends what is going on when it should end, and prolongs the lease when it is time. */
    private void check() {
        var held = lease;
        if (stopped() || held == null) {
            throw new Ended();
        }
        var now = clock.instant();
        if (now.isBefore(renewedAt.plus(LEASE_RENEWAL))) {
            return;
        }
        if (!leases().renew(held, LEASE_LIFE)) {
            lease = null;
            throw new Ended();
        }
        renewedAt = now;
    }

    private Leases leases() {
        return store.leases();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void pause(Duration time) {
        try {
            if (stop.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Ends at the next batch; the next start takes up there. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(STOP_PATIENCE)) {
                LOG.log(Level.WARNING, "the store still answers; mapping ends with its answer");
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
