package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the contents of all documents with SAP in the background, one partition of one integration at a time, so that each
 * is compared within the setting {@code inbound-contents-every}. What was compared is noted in the store after each partition;
 * a process that starts goes on from there.
 */
final class BackgroundReconciliation implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackgroundReconciliation.class.getName());

    /** Partitions are due within hours. */
    static final Duration LOOK = Duration.ofMinutes(1);

    /** SAP is left alone for three times as long as a partition took, also when many are overdue. */
    private static final int PAUSE_FACTOR = 3;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);

    /** A partition that failed, or whose integration was busy, is not read again sooner. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    private final Documents<Integration> integrations;
    private final Deltas deltas;
    private final InstantSource clock;
    private final Cancellation cancellation;
    private final Map<String, Instant> failedAt = new HashMap<>();
    private final Thread thread =
            Thread.ofVirtual().name("background-reconciliation").unstarted(this::run);

    private BackgroundReconciliation(
            Documents<Integration> integrations, Deltas deltas, InstantSource clock, Cancellation cancellation) {
        this.integrations = integrations;
        this.deltas = deltas;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    /** @param cancellation ends it at the next page */
    static BackgroundReconciliation start(
            Documents<Integration> integrations, Deltas deltas, InstantSource clock, Cancellation cancellation) {
        var background = new BackgroundReconciliation(integrations, deltas, clock, cancellation);
        background.thread.start();
        return background;
    }

    private void run() {
        try {
            while (true) {
                cancellation.pause(compareNext());
            }
        } catch (Cancellation.Requested ignored) {
            // It has ended.
        }
    }

    /** Compares the partition that is overdue for the longest time; returns how long to wait then. */
    private Duration compareNext() {
        try {
            var name = deltas.sap().open() ? due() : Optional.<String>empty();
            if (name.isEmpty()) {
                return LOOK;
            }
            long began = System.nanoTime();
            note(name.get(), deltas.compareContents(name.get(), cancellation));
            var pause = Duration.ofNanos(System.nanoTime() - began).multipliedBy(PAUSE_FACTOR);
            return pause.compareTo(PAUSE_MIN) > 0 ? pause : PAUSE_MIN;
        } catch (Failure failed) { // The schedule warns of a store that fails.
            LOG.log(Level.DEBUG, "cannot compare contents: {0}", failed.line());
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the comparison of contents met a defect", defect);
        }
        return LOOK;
    }

    private Optional<String> due() {
        var now = clock.instant();
        var next = Map.entry("", Instant.MAX);
        for (var stored : Integrations.all(integrations)) {
            var due = eligible(stored, now) ? deltas.contentsDue(stored.key()) : Optional.<Instant>empty();
            if (due.isPresent() && due.get().isBefore(next.getValue())) {
                next = Map.entry(stored.key(), due.get());
            }
        }
        return next.getValue().isAfter(now) ? Optional.empty() : Optional.of(next.getKey());
    }

    private boolean eligible(Stored<Integration> stored, Instant now) {
        var failed = failedAt.get(stored.key());
        return deltas.live(stored.value()).status() == Status.ACTIVE
                && !stored.value().schedule().paused()
                && (failed == null || !failed.plus(RETRY).isAfter(now));
    }

    private void note(String name, RunResult result) {
        failedAt.remove(name);
        switch (result) {
            case RunResult.Current current -> {
                long repaired = current.run().counters().inserted()
                        + current.run().counters().updated();
                if (repaired > 0) {
                    LOG.log(
                            Level.INFO,
                            "{0}: repaired {1} documents that differed from SAP although their change stamps were equal",
                            name,
                            repaired);
                }
            }
            case RunResult.Cancelled ignored -> {}
            case RunResult.Failed failed -> failed(name, failed.line(), Level.WARNING);
            case RunResult.Postponed other -> failed(name, other.line(), Level.DEBUG);
            case RunResult.Done other -> throw new AssertionError(other);
        }
    }

    private void failed(String name, String reason, Level level) {
        failedAt.put(name, clock.instant());
        LOG.log(level, "{0}: its contents were not compared: {1}", name, reason);
    }

    /** Waits for the end, which the cancellation brought about. */
    @Override
    public void close() {
        if (!Cancellation.ended(thread)) {
            LOG.log(Level.WARNING, "SAP still answers; the partition is compared again after the next start");
        }
    }
}
