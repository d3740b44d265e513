package io.imaint.integration.delta;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartitionState;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Keeps what is loaded current, and compares it with SAP. Safe for use by many threads: an integration is run by one at a
 * time, over all processes of the store.
 */
public final class Deltas implements AutoCloseable {
    /** Receives each run that brought an integration current or failed. Called on the run's thread; must return quickly. */
    public interface Listener {
        Listener NONE = (run, lagsMs) -> {};

        /**
         * A run has ended.
         *
         * @param lagsMs for each changed row, up to some thousands, the time from its change in SAP to its being visible
         */
        void ended(InboundRun run, long[] lagsMs);
    }

    /**
     * What all runs of deltas share.
     *
     * @param user who reads: tokens are good for the system and the user alone
     */
    record Context(InboundContext inbound, String user, DeltaSettings settings, Listener listener, InboundRuns runs) {
        /** The same in a store under a lease; the history of runs is written without one. */
        Context in(Store held) {
            return new Context(inbound.in(held), user, settings, listener, runs);
        }
    }

    /** In the lease that the comparison of contents holds; no integration is named so. */
    private static final String CONTENTS = "*contents";

    private final Context context;
    private final InboundContext inbound;
    private final boolean ownsSap;

    /** Does not call SAP. The session is closed by who made it. */
    public Deltas(InboundContext inbound, String user, DeltaSettings settings, Listener listener) {
        this(inbound, user, settings, listener, false);
    }

    /** As the other, with a session and options of its own. */
    public Deltas(
            Store store,
            SapSystem system,
            InboundSettings inbound,
            LoadOptions options,
            DeltaSettings settings,
            Listener listener) {
        this(
                InboundContext.of(store, system.identity(), SapSession.to(system, inbound, options.clock()), options),
                system.credentials().user(),
                settings,
                listener,
                true);
    }

    private Deltas(InboundContext inbound, String user, DeltaSettings settings, Listener listener, boolean ownsSap) {
        this.inbound = inbound;
        this.context = new Context(inbound, user, settings, listener, new InboundRuns(inbound.store()));
        this.ownsSap = ownsSap;
    }

    /** Brings all active integrations current; as {@link #run(List, Cancellation)}. */
    public List<RunResult> runAll(Cancellation cancellation) {
        return run(active(), cancellation);
    }

    /**
     * Brings integrations current, as many at a time as loads may run; the results in the same order. One that fails
     * does not stop the others.
     *
     * @throws Failure as {@link #run(String, Cancellation)}, before anything is done
     */
    public List<RunResult> run(List<String> names, Cancellation cancellation) {
        verify(names);
        return each(names, name -> run(name, cancellation));
    }

    /** Reconciles integrations one after the other; a failure is a result. */
    public List<RunResult> reconcile(List<String> names, ReconciliationOptions how, Cancellation cancellation) {
        verify(names);
        return names.stream()
                .map(name -> reconcile(name, how, cancellation, rows -> {}))
                .toList();
    }

    /** The names of the integrations that are not switched off, in the order of dependencies. */
    public List<String> active() {
        return Integrations.all(inbound.integrations()).stream()
                .map(Stored::value)
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .map(Integration::name)
                .toList();
    }

    private void verify(List<String> names) {
        LoadedSystem.require(inbound.store(), inbound.system());
        names.forEach(this::integration);
    }

    private Integration integration(String name) {
        return Integrations.one(inbound.integrations(), name).value();
    }

    /**
     * Brings an integration current: what SAP has when this begins is in the store when it returns
     * {@link RunResult.Current}.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}, {@link InboundProblem#SYSTEM_CHANGED} or
     *     {@link InboundProblem#ARCHIVE_UNFINISHED}, before anything is done
     */
    public RunResult run(String integration, Cancellation cancellation) {
        return leased(integration, cancellation, false, (lease, heeded) -> {
            try (var run = new DeltaRun(context, lease, heeded, integration, rows -> {})) {
                return run.run();
            }
        });
    }

    /**
     * Brings an integration current, then reconciles source and store, without touching the subscription of its changes.
     * Returns {@link RunResult.Reconciled}, or what kept it from that.
     *
     * @param progress is given the number of rows read so far; must return quickly
     */
    public RunResult reconcile(
            String integration, ReconciliationOptions how, Cancellation cancellation, LongConsumer progress) {
        return RunResult.of(
                integration,
                () -> leased(
                        integration,
                        cancellation,
                        true,
                        (lease, heeded) -> reconcile(lease, heeded, integration, how, progress)));
    }

    private RunResult reconcile(
            HeldLease lease,
            Cancellation cancellation,
            String integration,
            ReconciliationOptions how,
            LongConsumer progress) {
        try (var run = new DeltaRun(context, lease, cancellation, integration, rows -> {})) {
            var result = run.run();
            boolean refused = result instanceof RunResult.Failed failed
                    && failed.failure().code() == InboundProblem.INBOUND_SWEEP_REFUSED;
            if (!(result instanceof RunResult.Current) && !refused) {
                return result; // Where removals were refused, this may have leave for more of them.
            }
        }
        try (var run = new DeltaRun(context, lease, cancellation, integration, progress)) {
            return run.reconcile(how);
        }
    }

    /** When the next range of an integration's contents is to be compared; empty when none is. */
    public Optional<Instant> contentsDue(String integration) {
        return ContentsComparison.due(
                InboundState.of(inbound.store(), integration),
                context.settings().contentsEvery());
    }

    /**
     * Compares the contents of an integration's next range with SAP when it is due, and repairs what differs. One process
     * at a time does so. A failure is a result.
     */
    public RunResult compareContents(String integration, Cancellation cancellation) {
        return RunResult.of(integration, () -> {
            var claim = HeldLease.acquire(inbound.store(), CONTENTS, inbound.options());
            if (claim.isEmpty()) {
                return new RunResult.RunningElsewhere(integration, "another process compares contents");
            }
            try (var _ = claim.get()) {
                return compareClaimed(integration, cancellation);
            }
        });
    }

    private RunResult compareClaimed(String name, Cancellation cancellation) {
        var state = InboundState.of(inbound.store(), name);
        var plan = state.load().plan();
        var loadedAt = state.load().loadedAt();
        boolean due = ContentsComparison.due(state, context.settings().contentsEvery())
                .filter(at -> !at.isAfter(inbound.now()))
                .isPresent();
        if (!due || plan == null || loadedAt == null) {
            return new RunResult.NotStarted(name, "its contents are not due");
        }
        var expected = ContentsComparison.state(state, loadedAt);
        var found = ContentsComparison.different(
                inbound, integration(name), plan.filters().get(expected.partitions()), cancellation);
        return leased(name, cancellation, true, (lease, heeded) -> {
            try (var run = new DeltaRun(context, lease, heeded, name, rows -> {})) {
                return ContentsComparison.repair(run, found, expected);
            }
        });
    }

    /** Does something with each integration, as many at a time as loads may run; the results in the same order. */
    private List<RunResult> each(List<String> names, Function<String, RunResult> what) {
        var places = new Semaphore(inbound.options().parallel(), true);
        var results = names.stream()
                .map(name -> {
                    var result = new CompletableFuture<RunResult>();
                    Thread.ofVirtual().name("delta-" + name).start(() -> {
                        places.acquireUninterruptibly();
                        try {
                            result.complete(RunResult.of(name, () -> what.apply(name)));
                        } finally {
                            places.release();
                        }
                    });
                    return result;
                })
                .toList();
        return results.stream().map(CompletableFuture::join).toList();
    }

    /** An integration with the status of this moment. */
    public Integration live(Integration integration) {
        return InboundState.withStatus(inbound.store(), integration);
    }

    /** @param waits whether somebody waits for it, so that a delta at work is let come to its end */
    private RunResult leased(
            String name,
            Cancellation cancellation,
            boolean waits,
            BiFunction<HeldLease, Cancellation, RunResult> work) {
        LoadedSystem.require(inbound.store(), inbound.system());
        var integration = integration(name);
        var state = InboundState.of(inbound.store(), name);
        var obstacle = obstacle(integration, state, cancellation);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var quiet = waits ? Optional.<RunResult>empty() : DeltaRoute.poll(context, integration, state);
        if (quiet.isPresent()) {
            return quiet.get();
        }
        var heeded =
                new Cancellation.Requests(inbound.store(), inbound.options().clock()).heeding(cancellation, name);
        var lease = waits
                ? HeldLease.await(inbound.store(), name, inbound.options(), heeded)
                : HeldLease.acquire(inbound.store(), name, inbound.options());
        if (lease.isEmpty()) {
            var holder = HeldLease.holder(inbound.store(), HeldLease.nameFor(name));
            return new RunResult.RunningElsewhere(name, holder.orElse("another runner, just ended"));
        }
        try (var held = lease.get()) {
            var changed = obstacle(
                    integration,
                    InboundState.of(inbound.store(), name),
                    cancellation); // A load or a reset may have held the lease until now.
            return changed.isPresent() ? changed.get() : work.apply(held, heeded);
        }
    }

    private Optional<RunResult> obstacle(Integration integration, InboundState state, Cancellation cancellation) {
        var name = integration.name();
        if (integration.status() == Status.NOT_ACTIVE) {
            return notStarted(name, "it is not active (status 0)");
        }
        if (cancellation.requested()) {
            return notStarted(name, "the run was stopped");
        }
        if (!state.loaded()) {
            return notStarted(name, "it is not loaded; load it with `imaint inbound run %s`".formatted(name));
        }
        if (!state.load().open()) {
            return Optional.empty();
        }
        var worker = PartitionState.worker(inbound.store(), state);
        return Optional.of(
                worker.isPresent()
                        ? new RunResult.RunningElsewhere(name, worker.get())
                        : new RunResult.Failed(name, InboundProblem.INBOUND_LOAD_UNFINISHED.because(name)));
    }

    private static Optional<RunResult> notStarted(String name, String reason) {
        return Optional.of(new RunResult.NotStarted(name, reason));
    }

    public SapSession sap() {
        return inbound.sap();
    }

    @Override
    public void close() {
        if (ownsSap) {
            inbound.sap().close();
        }
    }
}
