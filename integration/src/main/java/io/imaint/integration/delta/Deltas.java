package io.imaint.integration.delta;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.references.CopyStep;
import io.imaint.integration.references.References;
import io.imaint.integration.source.ClockSkew;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.source.SapSource;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadTerms;
import io.imaint.integration.state.LoadedPosition;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartStates;
import io.imaint.integration.state.Stop;
import io.imaint.integration.state.StopRequests;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps what is loaded current, and compares it with SAP. Safe for use by many threads: an integration is run by one at a
 * time, over all processes of the store.
 */
public final class Deltas implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deltas.class.getName());

    /**
     * What deltas read from and write to.
     *
     * @param system the identity of the source, and {@code user} who reads from it
     * @param ownsSap whether the access to SAP is closed with the deltas
     */
    private record Ends(Store store, String system, String user, SapAccess sap, boolean ownsSap) {}

    private final DeltaSite site;
    private final Ends ends;

    /**
     * Does not call SAP.
     *
     * @param sap what the process shares, and closes later than these deltas
     */
    public Deltas(
            Store store,
            SapSystem system,
            SapAccess sap,
            InboundSettings inbound,
            DeltaSettings settings,
            DeltaListener listener) {
        this(
                new Ends(store, system.identity(), system.user(), sap, false),
                LoadTerms.of(inbound.parallel(), inbound.pageSize()),
                settings,
                new CopyStep(store, References.product()),
                listener);
    }

    /** As the other, with an access to SAP and on terms of one's own. */
    public Deltas(
            Store store,
            SapSystem system,
            InboundSettings inbound,
            LoadTerms terms,
            DeltaSettings settings,
            DeltaListener listener) {
        this(
                new Ends(store, system.identity(), system.user(), SapAccess.to(system, inbound, terms.clock()), true),
                terms,
                settings,
                new CopyStep(store, References.product()),
                listener);
    }

    public Deltas(
            Store store,
            String system,
            String user,
            SapSource source,
            LoadTerms terms,
            DeltaSettings settings,
            ChunkStep step,
            DeltaListener listener) {
        this(
                new Ends(store, system, user, new SapAccess(source, terms.clock()), true),
                terms,
                settings,
                step,
                listener);
    }

    private Deltas(Ends ends, LoadTerms terms, DeltaSettings settings, ChunkStep step, DeltaListener listener) {
        var store = ends.store();
        this.ends = ends;
        this.site = new DeltaSite(
                store,
                store.documents(Integrations.TYPE),
                store.documents(InboundStates.TYPE),
                new DeltaAccess(ends.sap(), terms.clock()),
                ends.system(),
                ends.user(),
                terms,
                settings,
                step,
                listener,
                new InboundRuns(store),
                new DeadLetters(store),
                new ClockSkew());
    }

    /** Brings all active integrations current; as {@link #run(List, Stop)}. */
    public List<DeltaResult> runAll(Stop stop) {
        return run(active(), stop);
    }

    /**
     * Brings integrations current, as many at a time as loads may run; the results in the same order. One that fails
     * does not stop the others.
     *
     * @throws Failure as {@link #run(String, Stop)}, before anything is done
     */
    public List<DeltaResult> run(List<String> names, Stop stop) {
        verify(names);
        return each(names, name -> run(name, stop));
    }

    /** Compares integrations one after the other; as {@link #verify(String, DeltaVerification, Stop)}. */
    public List<DeltaResult> verify(List<String> names, DeltaVerification how, Stop stop) {
        verify(names);
        return names.stream()
                .map(name -> caught(name, () -> verify(name, how, stop)))
                .toList();
    }

    /** The names of the integrations that are not switched off, in the order of dependencies. */
    public List<String> active() {
        return Integrations.all(site.integrations()).stream()
                .map(Stored::value)
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .map(Integration::name)
                .toList();
    }

    private void verify(List<String> names) {
        LoadedSystem.require(site.store(), site.system());
        names.forEach(this::integration);
    }

    private Integration integration(String name) {
        return site.integrations()
                .find(name)
                .orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'"))
                .value();
    }

    /**
     * Brings an integration current: what SAP has when this begins is in the store when it returns
     * {@link DeltaResult.Current}.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}, {@link InboundProblem#SYSTEM_CHANGED} or
     *     {@link InboundProblem#ARCHIVE_UNFINISHED}, before anything is done
     */
    public DeltaResult run(String integration, Stop stop) {
        return leased(integration, stop, false, (lease, heeded) -> DeltaRun.run(site, lease, heeded, integration));
    }

    /**
     * Brings an integration current, then compares source and store, without touching the subscription of its changes.
     * Returns {@link DeltaResult.Compared}, or what kept it from that.
     *
     * @throws Failure as {@link #run}
     */
    public DeltaResult verify(String integration, DeltaVerification how, Stop stop) {
        return leased(
                integration, stop, true, (lease, heeded) -> switch (DeltaRun.run(site, lease, heeded, integration)) {
                    case DeltaResult.Current current -> DeltaRun.verify(site, lease, heeded, integration, how);
                    // With leave to remove so many the comparison goes on where the run refused.
                    case DeltaResult.Failed failed ->
                        failed.failure().code() == InboundProblem.INBOUND_SWEEP_REFUSED
                                ? DeltaRun.verify(site, lease, heeded, integration, how)
                                : failed;
                    case DeltaResult.Compared other -> other;
                    case DeltaResult.Stopped other -> other;
                    case DeltaResult.RunningElsewhere other -> other;
                    case DeltaResult.NotStarted other -> other;
                });
    }

    /** Does something with each integration, as many at a time as loads may run; the results in the same order. */
    private List<DeltaResult> each(List<String> names, Function<String, DeltaResult> what) {
        var places = new Semaphore(site.terms().parallel(), true);
        var results = names.stream()
                .map(name -> {
                    var result = new CompletableFuture<DeltaResult>();
                    Thread.ofVirtual().name("delta-" + name).start(() -> {
                        places.acquireUninterruptibly();
                        try {
                            result.complete(caught(name, () -> what.apply(name)));
                        } finally {
                            places.release();
                        }
                    });
                    return result;
                })
                .toList();
        return results.stream().map(CompletableFuture::join).toList();
    }

    /** One that fails keeps nobody from the others. */
    private static DeltaResult caught(String name, Supplier<DeltaResult> what) {
        try {
            return what.get();
        } catch (Failure failed) {
            return new DeltaResult.Failed(name, failed);
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the delta of " + name + " met a defect", defect);
            return new DeltaResult.Failed(name, InboundProblem.INBOUND_DEFECT.because(String.valueOf(defect), defect));
        }
    }

    /** @param waits whether somebody waits for it, so that a delta at work is let come to its end */
    private DeltaResult leased(String name, Stop stop, boolean waits, BiFunction<HeldLease, Stop, DeltaResult> work) {
        LoadedSystem.require(site.store(), site.system());
        var integration = integration(name);
        var state = InboundStates.of(site.states(), name);
        var obstacle = obstacle(integration, state, stop);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var quiet = waits ? Optional.<DeltaResult>empty() : DeltaPoll.quiet(site, integration, state, stop);
        if (quiet.isPresent()) {
            return quiet.get();
        }
        var heeded = new StopRequests(site.store(), site.terms().clock()).heeding(stop, name);
        Optional<HeldLease> lease;
        try {
            lease = waits
                    ? HeldLease.await(site.store(), name, site.terms(), heeded)
                    : HeldLease.acquire(site.store(), name, site.terms());
        } catch (Stop.Requested wished) {
            return new DeltaResult.Stopped(name);
        }
        if (lease.isEmpty()) {
            var holder = site.store().leases().holder(HeldLease.nameFor(name));
            return new DeltaResult.RunningElsewhere(
                    name, holder.map(held -> held.holder()).orElse("another runner, just ended"));
        }
        try (var held = lease.get()) {
            var changed = obstacle(
                    integration,
                    InboundStates.of(site.states(), name),
                    stop); // A load or a reset may have held the lease until now.
            return changed.isPresent() ? changed.get() : work.apply(held, heeded);
        }
    }

    private Optional<DeltaResult> obstacle(Integration integration, InboundState state, Stop stop) {
        var name = integration.name();
        if (integration.status() == Status.NOT_ACTIVE) {
            return notStarted(name, "it is not active (status 0)");
        }
        if (stop.requested()) {
            return notStarted(name, "the run was stopped");
        }
        if (!state.loaded()) {
            return notStarted(name, "it is not loaded; load it with `imaint inbound run %s`".formatted(name));
        }
        if (!LoadedPosition.open(state)) {
            return Optional.empty();
        }
        var worker = PartStates.worker(site.store().leases(), state, site.terms());
        return Optional.of(
                worker.isPresent()
                        ? new DeltaResult.RunningElsewhere(name, worker.get())
                        : new DeltaResult.Failed(name, InboundProblem.INBOUND_LOAD_UNFINISHED.because(name)));
    }

    private static Optional<DeltaResult> notStarted(String name, String reason) {
        return Optional.of(new DeltaResult.NotStarted(name, reason));
    }

    /** The process's way to SAP. */
    public SapAccess sap() {
        return ends.sap();
    }

    @Override
    public void close() {
        if (ends.ownsSap()) {
            ends.sap().close();
        }
    }
}
