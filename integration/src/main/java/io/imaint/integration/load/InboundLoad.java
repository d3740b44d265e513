package io.imaint.integration.load;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.definition.Status;
import io.imaint.integration.source.Patience;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.HeldState;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LastError;
import io.imaint.integration.state.LoadPlan;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartStates;
import io.imaint.integration.state.Statuses;
import io.imaint.integration.state.Stop;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.StoreProblem;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One runner's work at the load of one integration; several, of this and other processes, may be at it together.
 *
 * <pre>
 *   come ──► plan, or find the open one ──► read free parts ──► wait for the others' ──► end
 *            └ lease of the integration ┘   └ lease of each ┘                            └ lease of the integration ┘
 * </pre>
 *
 * <p>The plan is durable before the first part begins, and each part is read under a lease of its own. Whoever comes
 * works at whatever part is free: one that nobody began, or one whose runner has ended or lost its lease. When all parts
 * are done, the first to see it notes the end; the others find it noted. So a runner may die anywhere: what it planned
 * stands, its part goes on from the checkpoint, and the end is noted by the next.
 */
final class InboundLoad {
    private static final System.Logger LOG = System.getLogger(InboundLoad.class.getName());

    /** Soon enough to be at hand when another runner ends, rare enough to cost nothing. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Deltas hold the lease for a moment, plans for some seconds; who holds it for longer is not waited for. */
    private static final int LEASE_TRIES = 20;

    /** Those who stop together take it one after the other. */
    private static final int LEASE_TRIES_AT_END = 5;

    /** What coming to an integration leads to: a load to work at, or a result. */
    private record Came(@Nullable OpenLoad open, @Nullable LoadResult result) {
        static Came to(OpenLoad open) {
            return new Came(open, null);
        }

        static Came over(LoadResult result) {
            return new Came(null, result);
        }
    }

    private final LoadShared shared;
    private final String name;
    private final Patience patience;

    private InboundLoad(LoadShared shared, String name) {
        this.shared = shared;
        this.name = name;
        this.patience = new Patience(name, shared.terms(), shared.stop(), shared.stop()::check, () -> {});
    }

    /** Works at the load until it has ended, by whomever, or until a failure or the wish to stop. */
    static LoadResult run(LoadShared shared, String integration) {
        return new InboundLoad(shared, integration).untilItEnds();
    }

    private LoadResult untilItEnds() {
        try {
            var came = come();
            return came.open() == null ? Optional.ofNullable(came.result()).orElseThrow() : work(came.open());
        } catch (Stop.Requested ignored) {
            noteEarlyEnd(null);
            return new LoadResult.Stopped(name);
        } catch (Failure failed) {
            return failed(failed);
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "the load of " + name + " met a defect", defect);
            return failed(InboundProblem.INBOUND_DEFECT.because(String.valueOf(defect), defect));
        }
    }

    private LoadResult failed(Failure failure) {
        boolean elsewhere = failure.code() == StoreProblem.LEASE_LOST;
        LOG.log(elsewhere ? Level.DEBUG : Level.WARNING, "{0} failed: {1}", name, failure.line());
        if (!elsewhere) { // Else the load goes on in another process.
            noteEarlyEnd(LastError.of(failure, shared.now()));
        }
        return new LoadResult.Failed(name, failure);
    }

    private Came come() {
        var seen = InboundStates.of(shared.states(), name).load().plan();
        shared.places().acquireUninterruptibly(); // Planning asks SAP as reading does.
        try {
            var held = held(shared.stop(), LEASE_TRIES);
            if (held.isEmpty()) {
                return Came.over(runningElsewhere(HeldLease.nameFor(name)));
            }
            try (var state = held.get()) {
                LoadedSystem.require(state.store(), shared.system());
                var plan = state.now().load().plan();
                boolean endedMeanwhile = plan != null
                        && plan.done()
                        && (seen == null || !seen.done() || !seen.id().equals(plan.id()));
                return endedMeanwhile ? Came.over(loaded(state.now())) : open(state);
            }
        } finally {
            shared.places().release();
        }
    }

    /** Finds the open load, or begins one. */
    private Came open(HeldState state) {
        var integration = shared.integrations()
                .find(name)
                .orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "' was removed"))
                .value();
        var service = shared.sap().service(integration);
        var mapping = patience.with(() -> service.mapping(integration));
        var load = state.now().load();
        var plan = load.plan();
        var somebody = worker(state);
        boolean ours = LoadedSystem.same(state.now().system(), shared.system());
        if (plan == null || plan.done() || !ours || !plan.made().equals(mapping.fingerprint())) {
            if (somebody.isPresent()) {
                return Came.over(new LoadResult.RunningElsewhere(name, somebody.get()));
            }
            plan = planned(integration, mapping);
            state.store().documents(PartStates.TYPE).removeAll(Condition.equal("integration", name));
            load = load.begun(plan, mapping.absent(), shared.now());
        } else if (somebody.isEmpty()) {
            load = load.continued(shared.now());
        }
        state.save(state.now()
                .from(shared.system())
                .with(load)
                .with(state.now().health().begun()));
        note(state, Status.RUNNING);
        return Came.to(new OpenLoad(shared, integration, plan, pageSize(integration, load, plan)));
    }

    private Optional<String> worker(HeldState state) {
        return PartStates.worker(shared.store().leases(), state.now(), shared.terms());
    }

    private void note(HeldState state, Status status) {
        Statuses.note(state.store().documents(Integrations.TYPE), name, status);
    }

    private LoadPlan planned(Integration integration, RowMapping mapping) {
        if (!mapping.absent().isEmpty()) {
            LOG.log(Level.WARNING, "{0}: the system lacks the optional properties {1}", name, mapping.absent());
        }
        var parts = new LoadPlanner(integration, mapping, shared.sap().service(integration), patience).parts();
        return new LoadPlan(
                UUID.randomUUID().toString(),
                mapping.fingerprint(),
                "%s?$select=%s".formatted(integration.mapping().entitySet(), mapping.select()),
                parts.filters(),
                parts.ranges(),
                parts.total(),
                documents(integration).count(Condition.ALL),
                shared.now(),
                false);
    }

    private Documents<Document> documents(Integration integration) {
        return shared.store()
                .documents(Replicas.find(integration.mapping().collection()).orElseThrow());
    }

    private PageSize pageSize(Integration integration, LoadState load, LoadPlan plan) {
        var own = integration.reading().pageSize();
        var learned = Stream.concat(
                        Stream.ofNullable(load.pageSize()),
                        PartStates.of(shared.parts(), name, plan).stream()
                                .flatMap(part -> Stream.ofNullable(part.pageSize())))
                .min(Integer::compare)
                .orElse(null);
        return new PageSize(own == null ? shared.terms().pageSize() : own, learned);
    }

    private LoadResult work(OpenLoad load) {
        var workers = new PartWorkers(load);
        while (true) {
            workers.work();
            if (PartStates.allDone(load.parts(), load.plan()) || !load.current()) {
                return end(load);
            }
            if (load.plan().parts() == 1) {
                return runningElsewhere(HeldLease.nameFor(name, 1));
            }
            shared.terms().pause().accept(shared.stop(), LOOK_AGAIN);
        }
    }

    /** Notes the end of a load of which all parts are done, unless somebody else has. */
    private LoadResult end(OpenLoad load) {
        var held = held(shared.stop(), LEASE_TRIES);
        if (held.isEmpty()) {
            return runningElsewhere(HeldLease.nameFor(name));
        }
        try (var state = held.get()) {
            var plan = state.now().load().plan();
            if (plan == null || !plan.id().equals(load.plan().id())) {
                return new LoadResult.NotStarted(name, "its data was removed or is being reloaded");
            }
            if (!plan.done()) {
                var documents = documents(load.integration());
                documents.index(); // Now, lest the first question wait.
                // Its status first: who dies between leaves a load to be ended, not one that seems to run for ever.
                LoadedSystem.claim(state.store(), shared.system()); // An empty set is loaded too.
                note(state, Status.ACTIVE);
                state.save(new LoadEnd(load, documents.count(Condition.ALL)).of(state.now()));
            }
            return loaded(state.now());
        }
    }

    private LoadResult loaded(InboundState state) {
        var took = state.load().lastDuration();
        return new LoadResult.Loaded(
                name,
                state.load().counters(),
                took == null ? Duration.ZERO : took,
                state.load().absentProperties());
    }

    private LoadResult runningElsewhere(String lease) {
        return new LoadResult.RunningElsewhere(
                name,
                HeldLease.holder(shared.store().leases(), lease, shared.terms()).orElse("another runner, just ended"));
    }

    /** The integration's state for writing; empty when another runner holds it all the time. */
    private Optional<HeldState> held(Stop stop, int tries) {
        for (int attempt = 1; ; attempt++) {
            stop.check();
            var held = HeldState.acquire(shared.store(), name, shared.terms());
            if (held.isPresent() || attempt == tries) {
                return held;
            }
            shared.terms().pause().accept(stop, LOOK_AGAIN);
        }
    }

    /** Notes that this runner has ended before the load; that it has stopped only when nobody else works at it. */
    private void noteEarlyEnd(@Nullable LastError error) {
        try {
            var held = held(new Stop(), LEASE_TRIES_AT_END);
            if (held.isEmpty()) {
                LOG.log(Level.DEBUG, "could not note the end of {0}: another runner holds it", name);
                return;
            }
            try (var state = held.get()) {
                var load = state.now().load();
                boolean alone = worker(state).isEmpty();
                if (load.open() && alone) {
                    state.save(state.now().with(load.ended(shared.now())));
                }
                if (error != null) {
                    state.save(state.now().with(state.now().health().failed(error)));
                }
                if (error != null) {
                    Statuses.failed(state.store().documents(Integrations.TYPE), name, error);
                } else if (alone) {
                    note(state, Status.ACTIVE);
                }
            }
        } catch (Failure failed) { // The load has its result already; the next one finds it as after a crash.
            LOG.log(Level.DEBUG, "could not note the end of {0}: {1}", name, failed.line());
        }
    }
}
