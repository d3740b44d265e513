package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.pipeline.PageSize;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.PartitionState;
import io.imaint.integration.state.RunResult;
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
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One runner's work at the load of one integration; several, of this and other processes, may be at it together.
 *
 * <pre>
 *   enter ──► plan, or find the open one ──► read free partitions ──► wait for the others' ──► end
 *            └ lease of the integration ┘   └ lease of each ┘                            └ lease of the integration ┘
 * </pre>
 *
 * <p>The plan is durable before the first partition begins, and each is read under a lease of its own. Whoever comes
 * works at whatever partition is free: one that nobody began, or one whose runner has ended or lost its lease. When all partitions
 * are done, the first to see it notes the end; the others find it noted. So a runner may die anywhere: what it planned
 * stands, its partition goes on from the checkpoint, and the end is noted by the next.
 */
final class InboundLoad {
    private static final System.Logger LOG = System.getLogger(InboundLoad.class.getName());

    /** Soon after another runner ends, and rare enough to cost nothing. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Deltas hold the lease for a moment, plans for some seconds; who holds it for longer is not waited for. */
    private static final int LEASE_TRIES = 20;

    /** Those who stop together take it one after the other. */
    private static final int LEASE_TRIES_AT_END = 5;

    /** A load to work at, or the result of one that needs no work. */
    private record LoadEntry(
            @Nullable OpenLoad open, @Nullable RunResult result) {
        static LoadEntry to(OpenLoad open) {
            return new LoadEntry(open, null);
        }

        static LoadEntry over(RunResult result) {
            return new LoadEntry(null, result);
        }
    }

    private final InboundContext inbound;
    private final Semaphore places;
    private final LoadListener listener;
    private final Cancellation cancellation;
    private final String name;
    private final RetryPolicy retries;

    /**
     * @param places one for each reader that may be at work at the same time, over all loads
     * @param cancellation ends this load
     */
    InboundLoad(
            InboundContext inbound, Semaphore places, LoadListener listener, Cancellation cancellation, String name) {
        this.inbound = inbound;
        this.places = places;
        this.listener = listener;
        this.cancellation = cancellation;
        this.name = name;
        this.retries = new RetryPolicy(name, inbound.options(), cancellation);
    }

    InboundContext inbound() {
        return inbound;
    }

    Semaphore places() {
        return places;
    }

    LoadListener listener() {
        return listener;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Runs until the load completes (here or elsewhere), fails, or is cancelled.
     *
     * @param again whether an integration that is loaded is loaded once more
     */
    RunResult run(boolean again) {
        var result = RunResult.of(name, () -> {
            var entry = enter(again);
            return entry.open() == null ? Optional.ofNullable(entry.result()).orElseThrow() : work(entry.open());
        });
        switch (result) {
            case RunResult.Failed failed -> failed(failed.failure());
            case RunResult.Cancelled ignored -> noteEarlyEnd(null);
            case RunResult.Done ignored -> {}
            case RunResult.Postponed ignored -> {}
        }
        return result;
    }

    private void failed(Failure failure) {
        boolean elsewhere = failure.code() == StoreProblem.LEASE_LOST;
        LOG.log(elsewhere ? Level.DEBUG : Level.WARNING, "{0} failed: {1}", name, failure.line());
        if (!elsewhere) { // Else the load goes on in another process.
            noteEarlyEnd(InboundState.LastError.of(failure, inbound.now()));
        }
    }

    private LoadEntry enter(boolean again) {
        var seen = InboundState.of(inbound.store(), name).load().plan();
        places.acquireUninterruptibly(); // Planning asks SAP as reading does.
        try {
            var held = held(cancellation, LEASE_TRIES);
            if (held.isEmpty()) {
                return LoadEntry.over(runningElsewhere(HeldLease.nameFor(name)));
            }
            try (var state = held.get()) {
                LoadedSystem.require(state.store(), inbound.system());
                var plan = state.now().load().plan();
                boolean endedMeanwhile = plan != null
                        && plan.done()
                        && (!again || seen == null || !seen.done() || !seen.id().equals(plan.id()));
                return endedMeanwhile ? LoadEntry.over(loaded(state.now())) : open(state);
            }
        } finally {
            places.release();
        }
    }

    /** Finds the open load, or begins one. */
    private LoadEntry open(InboundState.Held state) {
        var integration = Integrations.one(inbound.integrations(), name).value();
        var service = inbound.sap().service(integration);
        var mapping = retries.run(() -> service.mapping(integration));
        var load = state.now().load();
        var plan = load.plan();
        var somebody = worker(state);
        boolean ours = LoadedSystem.same(state.now().system(), inbound.system());
        if (plan == null || plan.done() || !ours || !plan.made().equals(mapping.fingerprint())) {
            if (somebody.isPresent()) {
                return LoadEntry.over(new RunResult.RunningElsewhere(name, somebody.get()));
            }
            plan = planned(integration, mapping);
            state.store().documents(PartitionState.TYPE).removeAll(Condition.equal("integration", name));
            load = load.begun(plan, mapping.absent(), inbound.now());
        } else if (somebody.isEmpty()) {
            load = load.continued(inbound.now());
        }
        state.save(state.now()
                .from(inbound.system())
                .with(load)
                .with(state.now().health().begun()));
        return LoadEntry.to(new OpenLoad(this, integration, plan, pageSize(integration, load, plan)));
    }

    private Optional<String> worker(InboundState.Held state) {
        return PartitionState.worker(inbound.store(), state.now());
    }

    private LoadState.Plan planned(Integration integration, RowMapping mapping) {
        if (!mapping.absent().isEmpty()) {
            LOG.log(Level.WARNING, "{0}: the system lacks the optional properties {1}", name, mapping.absent());
        }
        var found = new LoadPlanner(integration, mapping, inbound.sap().service(integration), retries).partitions();
        return new LoadState.Plan(
                UUID.randomUUID().toString(),
                mapping.fingerprint(),
                "%s?$select=%s".formatted(integration.mapping().entitySet(), mapping.select()),
                found.filters(),
                found.ranges(),
                found.total(),
                documents(integration).count(Condition.ALL),
                inbound.now(),
                false);
    }

    private Documents<Document> documents(Integration integration) {
        return inbound.store()
                .documents(Replicas.find(integration.mapping().collection()).orElseThrow());
    }

    private PageSize pageSize(Integration integration, LoadState load, LoadState.Plan plan) {
        var learned = PartitionState.of(inbound.store(), name, plan).stream()
                .flatMap(partition -> Stream.ofNullable(partition.pageSize()));
        return inbound.pageSize(
                integration,
                Stream.concat(Stream.ofNullable(load.pageSize()), learned)
                        .min(Integer::compare)
                        .orElse(null));
    }

    private RunResult work(OpenLoad load) {
        while (true) {
            load.read();
            if (load.allDone() || !load.current()) {
                return end(load);
            }
            if (load.plan().partitions() == 1) {
                return runningElsewhere(HeldLease.nameFor(name, 1));
            }
            inbound.options().pause().accept(cancellation, LOOK_AGAIN);
        }
    }

    /** Notes the end of a load of which all partitions are done, unless somebody else has. */
    private RunResult end(OpenLoad load) {
        var held = held(cancellation, LEASE_TRIES);
        if (held.isEmpty()) {
            return runningElsewhere(HeldLease.nameFor(name));
        }
        try (var state = held.get()) {
            var plan = state.now().load().plan();
            if (plan == null || !plan.id().equals(load.plan().id())) {
                return new RunResult.NotStarted(name, "its data was removed or is being reloaded");
            }
            if (!plan.done()) {
                var documents = documents(load.integration());
                documents.index(); // Now, lest the first question wait.
                LoadedSystem.claim(state.store(), inbound.system()); // An empty set is loaded too.
                state.save(load.ended(state.now(), documents.count(Condition.ALL)));
            }
            return loaded(state.now());
        }
    }

    private RunResult loaded(InboundState state) {
        var took = state.load().lastDuration();
        return new RunResult.Loaded(
                name,
                state.load().counters(),
                took == null ? Duration.ZERO : took,
                state.load().absentProperties());
    }

    private RunResult runningElsewhere(String lease) {
        return new RunResult.RunningElsewhere(
                name, HeldLease.holder(inbound.store(), lease).orElse("another runner, just ended"));
    }

    /** The integration's state for writing; empty when another runner holds it all the time. */
    private Optional<InboundState.Held> held(Cancellation cancellation, int tries) {
        for (int attempt = 1; ; attempt++) {
            cancellation.check();
            var held = InboundState.Held.acquire(inbound.store(), name, inbound.options());
            if (held.isPresent() || attempt == tries) {
                return held;
            }
            inbound.options().pause().accept(cancellation, LOOK_AGAIN);
        }
    }

    /** Notes that this runner has ended before the load; that it has stopped only when nobody else works at it. */
    private void noteEarlyEnd(InboundState.@Nullable LastError error) {
        try {
            var held = held(new Cancellation(), LEASE_TRIES_AT_END);
            if (held.isEmpty()) {
                LOG.log(Level.DEBUG, "could not note the end of {0}: another runner holds it", name);
                return;
            }
            try (var state = held.get()) {
                var now = state.now();
                if (now.load().open() && worker(state).isEmpty()) {
                    now = now.with(now.load().ended(inbound.now()));
                }
                if (error != null) {
                    now = now.with(now.health().failed(error));
                }
                if (!now.equals(state.now())) {
                    state.save(now);
                }
            }
        } catch (Failure failed) { // The load has its result already; the next one finds it as after a crash.
            LOG.log(Level.DEBUG, "could not note the end of {0}: {1}", name, failed.line());
        }
    }
}
