package io.imaint.integration.inbound;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The runs that were started by the API in this process; an integration is in at most one. */
final class InboundJobs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InboundJobs.class.getName());

    /** Each has a thread for each of its integrations. */
    private static final int JOBS_MAX = 20;

    /** One run that was started. */
    record Job(
            InboundRun.Kind kind, List<String> integrations, Instant since, Cancellation cancellation, Thread thread) {}

    private final InboundLoads loads;
    private final Deltas deltas;
    private final Comparisons comparisons;
    private final LoadListener listener;
    private final InstantSource clock;
    private final List<Job> jobs = new ArrayList<>();
    private boolean closed;

    InboundJobs(
            InboundLoads loads, Deltas deltas, Comparisons comparisons, LoadListener listener, InstantSource clock) {
        this.loads = loads;
        this.deltas = deltas;
        this.comparisons = comparisons;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Starts a run and returns at once.
     *
     * @param names empty for all active integrations that no job runs
     * @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN},
     *     {@link InboundProblem#INBOUND_RUNNING}, {@link InboundProblem#INBOUND_JOBS_FULL} or
     *     {@link InboundProblem#SYSTEM_CHANGED}
     */
    Job start(InboundRun.Kind kind, List<String> names) {
        return start(
                kind,
                names,
                kind == InboundRun.Kind.DELTA
                        ? this::delta
                        : (some, cancellation) -> loads.run(some, listener, cancellation));
    }

    /** Starts a comparison with SAP; as the other. */
    Job compare(List<String> names, ReconciliationOptions how) {
        return start(
                InboundRun.Kind.RECONCILE,
                names,
                (some, cancellation) -> comparisons.run(some, how, deltas, cancellation));
    }

    private synchronized Job start(
            InboundRun.Kind kind, List<String> names, BiConsumer<List<String>, Cancellation> work) {
        loads.requireSameSystem();
        var all = loads.integrations();
        for (var name : names) {
            if (all.stream().noneMatch(integration -> integration.name().equals(name))) {
                throw DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'");
            }
            job(name).ifPresent(job -> {
                throw InboundProblem.INBOUND_RUNNING.because("%s: this process runs a %s of it since %s"
                        .formatted(name, job.kind().toString(), job.since()));
            });
        }
        var chosen = names.isEmpty() ? free(all) : names.stream().distinct().toList();
        if (closed || jobs.size() >= JOBS_MAX) {
            throw InboundProblem.INBOUND_JOBS_FULL.because("%d runs are in progress".formatted(jobs.size()));
        }
        loads.sap().tryOnceMore();
        var cancellation = new Cancellation();
        var thread =
                Thread.ofVirtual().name("inbound-job").unstarted(() -> run(() -> work.accept(chosen, cancellation)));
        var job = new Job(kind, chosen, clock.instant(), cancellation, thread);
        jobs.add(job);
        thread.start();
        return job;
    }

    private List<String> free(List<Integration> all) {
        return all.stream()
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .map(Integration::name)
                .filter(name -> job(name).isEmpty())
                .toList();
    }

    private void delta(List<String> names, Cancellation cancellation) {
        for (var name : names) {
            if (!cancellation.requested()) {
                LOG.log(
                        Level.INFO,
                        "{0} {1}",
                        name,
                        deltas.run(name, cancellation).line());
            }
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failed) { // Its results are in the history; this never got so far.
            LOG.log(Level.WARNING, "a run that was started ended", failed);
        } finally {
            synchronized (this) {
                jobs.removeIf(job -> job.thread() == Thread.currentThread());
            }
        }
    }

    /** The job that runs an integration. */
    synchronized Optional<Job> job(String integration) {
        return jobs.stream()
                .filter(job -> job.integrations().contains(integration))
                .findFirst();
    }

    synchronized List<Job> all() {
        return List.copyOf(jobs);
    }

    /** Cancels all jobs, which end after their current chunk, and waits for them within a limit. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        var open = all();
        open.forEach(job -> job.cancellation().request());
        if (!open.stream().allMatch(job -> Cancellation.ended(job.thread()))) {
            LOG.log(Level.WARNING, "SAP still answers; the open page is given up and read again next time");
        }
    }
}
