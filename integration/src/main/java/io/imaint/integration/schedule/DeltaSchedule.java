package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.FailureLog;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Documents;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the schedules: one thread reads the {@link Timetable} and starts what is due, each run on a thread of its own.
 * It reads the definitions every few seconds, so an edit, a pause or a resume takes effect in every process.
 */
public final class DeltaSchedule implements AutoCloseable, Readiness.Reporting, Routed, Metered {
    private static final System.Logger LOG = System.getLogger(DeltaSchedule.class.getName());
    private static final Permission READ = new Permission("integrations.read");

    /** How soon an edit takes effect; it reads all definitions. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** Expected while another process loads, resets or restores; there is nothing to act on. */
    private static final Set<ProblemCode> EXPECTED =
            Set.of(InboundProblem.ARCHIVE_RUNNING, InboundProblem.INBOUND_LOAD_UNFINISHED, StoreProblem.LEASE_LOST);

    private static final String STORE = ""; // No integration has this name.

    /** A cancelled run ends after its current chunk. */
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(10);

    /** The schedule of one integration in this process, as the API shows it. */
    public record ScheduledRun(
            String integration,
            State state,

            @Description("When it runs next; null when it is not scheduled.") @Nullable
            Instant nextRunAt,

            @Description("When the current run began; null when none is running.") @Nullable
            Instant runningSince,

            int failuresInRow,

            @Description("When the first of these failures came; null after a success.") @Nullable
            Instant failingSince,

            @Description("The problem of the last run; null after a success.") @Nullable
            String code,

            @Description("The details of that problem.") @Nullable
            String detail,

            @Description("What to do about it.") @Nullable String remedy) {
        /** What the schedule does with it. */
        public enum State {
            /** It has no schedule, or is not active. */
            NOT_SCHEDULED,
            PAUSED,
            WAITING,
            RUNNING,
            /** It failed temporarily and is retried with exponential backoff. */
            BACKING_OFF,
            /** It failed with what only an administrator can correct; it is retried at long intervals. */
            HELD;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        static ScheduledRun of(Timetable.Entry entry) {
            var failure = entry.failure();
            return new ScheduledRun(
                    entry.integration().name(),
                    state(entry),
                    entry.isRunning() ? null : entry.due(),
                    entry.runningSince(),
                    entry.failuresInRow(),
                    entry.failingSince(),
                    failure == null ? null : failure.code().slug(),
                    failure == null ? null : failure.detail(),
                    failure == null ? null : failure.code().remedy());
        }

        /** As in {@code held since 2026-11-30T06:00:00Z by sap-service-not-active}, the same for what failed together. */
        private String trouble() {
            return "%s since %.19sZ by %s".formatted(state, failingSince, code);
        }

        private static State state(Timetable.Entry entry) {
            var schedule = entry.integration().schedule();
            if (entry.isRunning()) {
                return State.RUNNING;
            } else if (entry.held()) {
                return State.HELD;
            } else if (entry.integration().status() == Status.NOT_ACTIVE
                    || (schedule.every() == null && schedule.cron() == null)) {
                return State.NOT_SCHEDULED;
            } else if (schedule.paused()) {
                return State.PAUSED;
            }
            return entry.failure() == null ? State.WAITING : State.BACKING_OFF;
        }
    }

    /**
     * What a schedule needs besides its runs.
     *
     * @param parallel runs at the same time
     * @param runMeters the meters of the runs
     * @param claims what gives each run to one process
     */
    record Terms(int parallel, Metered runMeters, ScheduleClaims claims) {}

    private final Documents<Integration> integrations;
    private final DeltaRuns runs;
    private final InstantSource clock;
    private final int parallel;
    private final Metered runMeters;
    private final ScheduleClaims claims;
    private final Timetable timetable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ProblemCode> warned = new ConcurrentHashMap<>();
    private final FailureLog reading = new FailureLog(LOG);
    private final Thread thread = Thread.ofVirtual().name("delta-schedule").unstarted(this::follow);
    private int running;
    private boolean stopped;

    private DeltaSchedule(
            Documents<Integration> integrations,
            DeltaRuns runs,
            InstantSource clock,
            RandomGenerator random,
            Terms terms) {
        this.integrations = integrations;
        this.runs = runs;
        this.clock = clock;
        this.parallel = terms.parallel;
        this.runMeters = terms.runMeters;
        this.claims = terms.claims;
        this.timetable = new Timetable(this::lastRun, random);
    }

    static DeltaSchedule start(
            Documents<Integration> integrations,
            DeltaRuns runs,
            InstantSource clock,
            RandomGenerator random,
            Terms terms) {
        var schedule = new DeltaSchedule(integrations, runs, clock, random, terms);
        schedule.thread.start();
        return schedule;
    }

    private void follow() {
        var looked = Instant.MIN;
        while (true) {
            var now = clock.instant();
            if (!looked.plus(LOOK).isAfter(now) || looked.isAfter(now)) {
                look(now);
                looked = now;
            }
            lock.lock();
            try {
                if (stopped) {
                    return;
                }
                timetable.take(now, parallel - running).forEach(this::begin);
                var next = timetable.nextDue().filter(due -> running < parallel);
                var wait = next.map(due -> Duration.between(now, due))
                        .filter(until -> until.compareTo(LOOK) < 0)
                        .orElse(LOOK);
                // At least a little: what is due may have to wait for the first run that proves the user.
                changed.await(Math.max(wait.toNanos(), TimeUnit.MILLISECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopping) {
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    /** When a run last ended or, where that is not noted of each, last began. */
    private @Nullable Instant lastRun(String name) {
        var ended = runs.lastRun(name);
        var begun = claims.lastBegun(name, clock.instant());
        return ended == null || (begun != null && begun.isAfter(ended)) ? begun : ended;
    }

    /** Reads the definitions; while the store cannot be read, the known ones stay in effect. */
    private void look(Instant now) {
        try {
            var all = Integrations.all(integrations).stream()
                    .map(stored -> runs.live(stored.value()))
                    .toList();
            lock.lock();
            try {
                timetable.define(all, now);
                if (timetable.userRefused() && runs.open()) {
                    timetable.resumeRefused(now);
                }
            } finally {
                lock.unlock();
            }
            reading.succeeded("the integrations can be read again");
        } catch (RuntimeException | Error failed) {
            reading.failed("cannot read the integrations", failed);
        }
    }

    private void begin(String name) {
        running++;
        var rule = Objects.requireNonNull(timetable.rule(name));
        Thread.ofVirtual().name("delta-" + name).start(() -> {
            var outcome = outcome(name, rule);
            log(name, outcome);
            lock.lock();
            try {
                running--;
                timetable.ended(name, outcome, clock.instant());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        });
    }

    /**
     * Warns of a failure once, until a run succeeds again; of a failure of the store once for all integrations. Expected
     * waits are for debugging only.
     */
    private void log(String name, RunResult outcome) {
        switch (outcome) {
            case RunResult.Done ignored -> {
                warned.remove(name);
                warned.remove(STORE);
            }
            case RunResult.Postponed ignored -> {}
            case RunResult.Failed failed -> {
                var code = failed.failure().code();
                boolean known = code.equals(warned.put(code instanceof StoreProblem ? STORE : name, code));
                var level = known || EXPECTED.contains(code) ? Level.DEBUG : Level.WARNING;
                LOG.log(level, "{0}: {1}", name, failed.failure().line());
            }
        }
    }

    private RunResult outcome(String name, NextRunRule rule) {
        return RunResult.of(name, InboundProblem.SCHEDULE_DEFECT, () -> {
            var claim = claims.take(name, rule, clock.instant());
            if (claim.isEmpty()) {
                return new RunResult.NotStarted(
                        name,
                        "another process has just run it",
                        claims.lookAgainAt(name, clock.instant()).orElse(null));
            }
            var outcome = RunResult.of(name, InboundProblem.SCHEDULE_DEFECT, () -> runs.run(name));
            settle(claim.get(), rule, outcome);
            return outcome;
        });
    }

    /** Notes the outcome with the claim; a failure to do so does not change the outcome. */
    private void settle(Stored<ScheduleClaims.Claim> claim, NextRunRule rule, RunResult outcome) {
        try {
            switch (outcome) {
                case RunResult.Done ignored -> claims.ended(claim, rule);
                case RunResult.Postponed ignored -> claims.notNow(claim, rule);
                case RunResult.Failed ignored -> claims.release(claim);
            }
        } catch (Failure failed) {
            LOG.log(Level.DEBUG, "could not note the outcome of a run of {0}: {1}", claim.key(), failed.line());
        }
    }

    /** The schedule of each integration. */
    public List<ScheduledRun> runs() {
        lock.lock();
        try {
            return timetable.entries().stream().map(ScheduledRun::of).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/delta-cronjob", "Lists what the schedule of this process runs next or holds")
                .permits(READ)
                .answersListing(ScheduledRun.class)
                .handles(() -> {
                    var all = runs();
                    return new Listing<>(all, null, (long) all.size());
                }));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder(
                        "imaint.delta.schedule.held",
                        this,
                        schedule -> schedule.runs().stream()
                                .filter(run -> run.state == ScheduledRun.State.HELD)
                                .count())
                .description("Integrations that wait for an administrator")
                .register(meters);
        runMeters.bindTo(meters);
    }

    /** Always ready; names the integrations that are held or retried after a failure, why and since when. */
    @Override
    public Readiness readiness() {
        var failing = new TreeMap<String, String>();
        for (var run : runs()) {
            if (run.failingSince != null && run.state != ScheduledRun.State.RUNNING) {
                failing.merge(run.trouble(), run.integration, (some, one) -> some + ", " + one);
            }
        }
        var lines = new ArrayList<String>();
        failing.forEach((trouble, names) -> lines.add(trouble + ": " + names));
        return lines.isEmpty() ? Readiness.READY : new Readiness(true, String.join("; ", lines));
    }

    /** Cancels what runs and waits for it. */
    @Override
    public void close() {
        runs.cancel();
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            long nanos = SHUTDOWN_PATIENCE.toNanos();
            while (running > 0 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (running > 0) {
                LOG.log(Level.WARNING, "{0} deltas still run; their leases will expire", running);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        try {
            claims.close();
        } catch (Failure failed) { // They run out by themselves.
            LOG.log(Level.WARNING, "could not release the claims of this process: {0}", failed.line());
        }
        runs.close();
    }
}
