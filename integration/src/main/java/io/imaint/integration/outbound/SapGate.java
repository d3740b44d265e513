package io.imaint.integration.outbound;

import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets commands through to SAP while SAP answers. When it does not, all wait and one thread asks, at growing intervals,
 * until it answers again: so an outage costs no command an attempt, and a user whom SAP refuses is not locked.
 */
final class SapGate implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SapGate.class.getName());

    /** @param since when SAP was found to be away */
    record Closed(Failure reason, Instant since) {}

    private final Runnable probe;
    private final OutboundSettings settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Closed closed;
    private boolean ended;

    /** @param probe throws a {@link Failure} as long as SAP is away */
    SapGate(Runnable probe, OutboundSettings settings, InstantSource clock) {
        this.probe = probe;
        this.settings = settings;
        this.clock = clock;
    }

    /** Waits until SAP answers; false when it does not within a time, or this was ended. */
    boolean await(Duration longest) {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (closed != null && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed == null && !ended;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing goes through; empty while SAP answers. */
    Optional<Closed> closed() {
        lock.lock();
        try {
            return Optional.ofNullable(closed);
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing through until SAP has answered a probe. */
    void suspect(Failure reason) {
        lock.lock();
        try {
            if (closed == null && !ended) {
                closed = new Closed(reason, clock.instant());
                Thread.ofVirtual().name("sap-probe").start(this::probe);
            }
        } finally {
            lock.unlock();
        }
    }

    private void probe() {
        var wait = settings.probeFirst();
        boolean told = false;
        for (var failed = asked(); failed.isPresent(); failed = asked()) {
            if (!told) { // A request lost now and then is no news; an outage is.
                LOG.log(Level.WARNING, "commands wait, since {0}", failed.get().line());
                told = true;
            }
            if (!paused(wait)) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(settings.probeMax()) < 0 ? wait.multipliedBy(2) : settings.probeMax();
        }
        lock.lock();
        try {
            closed = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (told) {
            LOG.log(Level.INFO, "SAP answers again; commands are posted");
        }
    }

    private Optional<Failure> asked() {
        try {
            probe.run();
            return Optional.empty();
        } catch (Failure failed) {
            lock.lock();
            try {
                closed = closed == null ? null : new Closed(failed, closed.since());
            } finally {
                lock.unlock();
            }
            return Optional.of(failed);
        }
    }

    /** Waits before the next probe; false when this was ended. */
    private boolean paused(Duration wait) {
        long left = wait.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !ended;
        } catch (InterruptedException stopping) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Sends all away who wait, and ends the probes. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
