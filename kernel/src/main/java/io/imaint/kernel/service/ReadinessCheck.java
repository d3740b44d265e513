package io.imaint.kernel.service;

import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one service whether it is ready, for a second at most: a platform that probes takes no answer for a dead process.
 * A check that does not come back is not begun again until it does.
 */
final class ReadinessCheck {
    private static final System.Logger LOG = System.getLogger(ReadinessCheck.class.getName());
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Readiness.Reporting service;
    private final InstantSource clock;
    private @Nullable FutureTask<Readiness> running;
    private Instant begun = Instant.EPOCH;
    private @Nullable Instant unreachableSince;

    ReadinessCheck(String name, Readiness.Reporting service, InstantSource clock) {
        this.name = name;
        this.service = service;
        this.clock = clock;
    }

    /** Begins to ask, unless an earlier question is still open. */
    synchronized FutureTask<Readiness> begin() {
        var asked = running;
        if (asked == null || asked.isDone()) {
            asked = new FutureTask<>(service::readiness);
            running = asked;
            begun = clock.instant();
            Thread.ofVirtual().name("readiness-" + name).start(asked);
        }
        return asked;
    }

    /**
     * What the service says of itself, or that it does not.
     *
     * @param end until when to wait, by {@link System#nanoTime()}
     */
    Readiness await(FutureTask<Readiness> asked, long end) {
        try {
            var readiness = asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            reached();
            return readiness;
        } catch (TimeoutException silent) {
            return unreachable("it does not answer", silent);
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            return unreachable(cause instanceof Failure known ? known.code().title() : "it failed", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Readiness.notReady("stopping");
        }
    }

    private synchronized void reached() {
        if (unreachableSince != null) {
            LOG.log(Level.INFO, "{0} is reachable again", name);
            unreachableSince = null;
        }
    }

    private synchronized Readiness unreachable(String reason, Exception cause) {
        var since = unreachableSince;
        if (since == null) { // One line for the state, not one for each probe.
            LOG.log(Level.WARNING, name + " is not reachable", cause);
            since = begun;
            unreachableSince = since;
        }
        return Readiness.notReady(
                "not reachable since %s: %s".formatted(since.truncatedTo(ChronoUnit.SECONDS), reason));
    }
}
