package io.imaint.integration.references;

import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.LoadOptions;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.Readiness;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps copied fields current in the background: one process at a time, under a lease, follows the changes, and from time
 * to time scans all documents and counts the orphans.
 */
public final class ReferenceMapper implements AutoCloseable, Readiness.Reporting {
    private static final System.Logger LOG = System.getLogger(ReferenceMapper.class.getName());

    private static final String LEASE = "reference-mapper";

    /** How long a dead process keeps the others from mapping. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(45);

    /** The delay of copied fields when there is little to do. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** When the store fails, or another process maps. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

    /** A scan costs as much as reading the whole store. */
    private static final Duration SCAN_INTERVAL = Duration.ofHours(6);

    /** The first scan finds what the changes, which were all followed until then, did not tell; it can wait for the load. */
    private static final Duration FIRST_SCAN_AFTER = Duration.ofMinutes(2);

    /** Changes between two looks, {@link #POLL_INTERVAL} apart, that only a load makes. */
    private static final int LOAD_CHANGES = 500;

    /** A long load is followed every ten seconds. */
    private static final int LOAD_POLLS_MAX = 20;

    private final Store store;
    private final References references;
    private final InstantSource clock;
    private final LoadOptions options = LoadOptions.of(1, 1).leasing(LEASE_LIFE);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** The position at the last look, and the changes of this mapper until then. */
    private long followed;

    private long corrected;

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
                var taken = HeldLease.take(store, LEASE, options);
                if (taken.isPresent()) {
                    try (var lease = taken.get()) {
                        map(lease);
                    }
                } else {
                    pause(RETRY_INTERVAL);
                }
            } catch (CancellationException ended) {
                LOG.log(Level.DEBUG, "mapping ended: {0}", ended.getMessage());
            } catch (Failure failed) {
                boolean known = failed.code().equals(warned) || failed.code() == StoreProblem.LEASE_LOST;
                LOG.log(known ? Level.DEBUG : Level.WARNING, "mapping waits: {0}", failed.line());
                warned = failed.code();
                pause(RETRY_INTERVAL);
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, "mapping met a defect", defect);
                pause(RETRY_INTERVAL);
            }
        }
    }

    private void map(HeldLease lease) {
        var under = lease.store();
        Runnable check = () -> {
            if (stopped()) {
                throw new CancellationException("stopped");
            }
            lease.check();
        };
        // A new one for each lease: what it remembers is true only while nobody else maps.
        var follower = new ChangeFollower(under, references, check);
        ConsistencyScan scan = null;
        var begun = clock.instant();
        corrected = 0;
        while (true) {
            letLoad(check, follower);
            boolean busy = follower.round();
            warned = null;
            if (scan == null && !busy && scanIsDue(begun)) {
                scan = new ConsistencyScan(under, references, true, clock);
            }
            if (scan != null) {
                var report = scan.step();
                scan = report.isPresent() ? null : scan;
                report.filter(found -> found.repaired() > 0)
                        .ifPresent(found ->
                                LOG.log(Level.INFO, "corrected the copied fields of {0} documents", found.repaired()));
            } else if (!busy) {
                pause(POLL_INTERVAL);
            }
        }
    }

    /**
     * Waits while rows are loaded. A load writes documents with the copies of those parents that stand already, so that
     * following it at once would mostly find that they are right, with the processor that the load needs.
     */
    private void letLoad(Runnable check, ChangeFollower follower) {
        check.run();
        long now = store.position();
        long own = follower.corrected() - corrected;
        for (int polls = 0; polls < LOAD_POLLS_MAX && now - followed - own >= LOAD_CHANGES; polls++) {
            followed = now;
            own = 0;
            pause(POLL_INTERVAL);
            check.run();
            now = store.position();
        }
        followed = now;
        corrected = follower.corrected();
    }

    private boolean scanIsDue(Instant begun) {
        var last = store.documents(ConsistencyReport.TYPE).find(ConsistencyReport.LAST);
        long position = store.position();
        return last.map(Stored::value)
                .map(report -> position > report.position()
                        && (position > 2 * report.position()
                                || clock.instant().isAfter(report.at().plus(SCAN_INTERVAL))))
                .orElse(position > 0 && clock.instant().isAfter(begun.plus(FIRST_SCAN_AFTER)));
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void pause(Duration time) {
        try {
            var _ = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Ready in any case, since the documents themselves are current; says after which changes copied fields are outdated. */
    @Override
    public Readiness readiness() {
        var behind = References.behind(store);
        return behind.isEmpty()
                ? Readiness.READY
                : new Readiness(true, "updating copied fields after changes of " + String.join(", ", behind));
    }

    /** Ends after the current batch; the next start continues there. */
    @Override
    public void close() {
        stop.countDown();
        if (!Cancellation.ended(thread)) {
            LOG.log(Level.WARNING, "the store still answers; mapping ends with its answer");
        }
    }
}
