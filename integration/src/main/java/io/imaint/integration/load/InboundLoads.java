package io.imaint.integration.load;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.references.BatchEnricher;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Loads of several integrations from one SAP system: dependencies first, what is independent side by side. */
public final class InboundLoads implements AutoCloseable {
    private final InboundContext context;
    private final boolean ownsSap;

    /** Seeds the integrations that are missing; does not call SAP. The session is closed by who made it. */
    public InboundLoads(InboundContext context) {
        this(context, false);
    }

    /** As the other, with a session of its own. */
    public InboundLoads(Store store, SapSystem system, InboundSettings settings) {
        this(store, system, settings, LoadOptions.of(settings));
    }

    /** As the other, with a session and options of its own. */
    public InboundLoads(Store store, SapSystem system, InboundSettings settings, LoadOptions options) {
        this(
                InboundContext.of(store, system.identity(), SapSession.to(system, settings, options.clock()), options),
                true);
    }

    public InboundLoads(Store store, String system, ODataService source, LoadOptions options) {
        this(store, system, source, options, BatchEnricher.NONE);
    }

    public InboundLoads(Store store, String system, ODataService source, LoadOptions options, BatchEnricher step) {
        this(new InboundContext(store, system, new SapSession(source, options.clock()), options, step), true);
    }

    private InboundLoads(InboundContext context, boolean ownsSap) {
        this.context = context;
        this.ownsSap = ownsSap;
        Integrations.seed(context.integrations());
    }

    /** The integrations with what they are doing now, dependencies first. */
    public List<Integration> integrations() {
        return Integrations.all(context.integrations()).stream()
                .map(stored -> InboundState.withStatus(context.store(), stored.value()))
                .toList();
    }

    /** What stands in the store of an integration, with the figures of this moment. */
    public InboundState state(String integration) {
        return InboundState.live(context.store(), integration);
    }

    /** Loads all active integrations; as {@link #run}. */
    public List<RunResult> runAll(LoadListener listener, Cancellation cancellation) {
        var active = integrations().stream()
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .map(Integration::name)
                .toList();
        return run(active, listener, cancellation);
    }

    /**
     * Loads the named integrations and returns when each has its result, dependencies first. One that was interrupted
     * continues; one that is loaded is loaded again.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}, {@link DefinitionProblem#INTEGRATION_INVALID} or
     *     {@link InboundProblem#SYSTEM_CHANGED} or {@link InboundProblem#ARCHIVE_UNFINISHED}, before anything is done
     */
    public List<RunResult> run(Collection<String> names, LoadListener listener, Cancellation cancellation) {
        return run(names, true, listener, cancellation);
    }

    /** As {@link #run}, but one that is loaded by the time its turn comes, by whichever process, is not loaded again. */
    public List<RunResult> complete(Collection<String> names, LoadListener listener, Cancellation cancellation) {
        return run(names, false, listener, cancellation);
    }

    private List<RunResult> run(
            Collection<String> names, boolean again, LoadListener listener, Cancellation cancellation) {
        var all = integrations();
        var chosen = chosen(all, names);
        requireSameSystem();
        return new OneRun(all, chosen, again, listener, cancellation).results();
    }

    /**
     * Fails when something was loaded from another system, or all data is about to be replaced.
     *
     * @throws Failure {@link InboundProblem#SYSTEM_CHANGED} or {@link InboundProblem#ARCHIVE_UNFINISHED}
     */
    public void requireSameSystem() {
        LoadedSystem.require(context.store(), context.system());
    }

    private static Set<String> chosen(List<Integration> all, Collection<String> names) {
        var known = all.stream().map(Integration::name).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw DefinitionProblem.INTEGRATION_UNKNOWN.because(
                        "'%s' is none of %s".formatted(name, String.join(", ", known)));
            }
        }
        return new HashSet<>(names);
    }

    public SapSession sap() {
        return context.sap();
    }

    @Override
    public void close() {
        if (ownsSap) {
            context.sap().close();
        }
    }

    /** One call of {@link #run}. Each integration has a thread that waits for those it depends on; its readers wait for places. */
    private final class OneRun {
        private final Map<String, Integration> all = new LinkedHashMap<>();
        private final Map<String, CompletableFuture<RunResult>> results = new LinkedHashMap<>();
        private final boolean again;
        private final Semaphore places = new Semaphore(context.options().parallel(), true);
        private final LoadListener listener;
        private final Cancellation cancellation;

        OneRun(
                List<Integration> all,
                Set<String> chosen,
                boolean again,
                LoadListener listener,
                Cancellation cancellation) {
            this.again = again;
            this.listener = listener;
            this.cancellation = cancellation;
            for (var integration : all) {
                this.all.put(integration.name(), integration);
                if (chosen.contains(integration.name())) {
                    results.put(integration.name(), new CompletableFuture<>());
                }
            }
        }

        List<RunResult> results() {
            // The order of `all` lets each wait only for threads started before it, so no two wait for one another.
            results.forEach((name, result) ->
                    Thread.ofVirtual().name("inbound-" + name).start(() -> result.complete(result(name))));
            return results.values().stream().map(CompletableFuture::join).toList();
        }

        private RunResult result(String name) {
            return RunResult.of(name, () -> {
                var result = attempt(name);
                listener.ended(result);
                return result;
            });
        }

        private RunResult attempt(String name) {
            var integration = integration(name);
            if (integration.status() == Status.NOT_ACTIVE) {
                return new RunResult.NotStarted(name, "it is not active (status 0)");
            }
            for (var need : integration.dependsOn()) {
                var reason = obstacle(need);
                if (reason.isPresent()) {
                    return new RunResult.NotStarted(name, reason.get());
                }
            }
            if (cancellation.requested()) {
                return new RunResult.NotStarted(name, "the run was stopped");
            }
            var requests =
                    new Cancellation.Requests(context.store(), context.options().clock());
            var beganAt = context.now();
            var heeded = requests.heeding(cancellation, name);
            var result = new InboundLoad(context, places, listener, heeded, name).run(again);
            ending(result).ifPresent(ending -> note(name, beganAt, ending));
            return result;
        }

        /** How a load ended that this run worked at; empty for one that it had no part in. */
        private static Optional<InboundRun.Ending> ending(RunResult result) {
            return switch (result) {
                case RunResult.Done ignored -> Optional.of(InboundRun.Ending.DONE);
                case RunResult.Failed failed -> Optional.of(InboundRun.Ending.failed(failed.failure()));
                case RunResult.Cancelled ignored -> Optional.of(InboundRun.Ending.STOPPED);
                case RunResult.Postponed ignored -> Optional.empty();
            };
        }

        private void note(String name, Instant beganAt, InboundRun.Ending ending) {
            new InboundRuns(context.store())
                    .note(InboundRun.of(
                            name,
                            InboundRun.Kind.LOAD,
                            beganAt,
                            context.now(),
                            state(name).load().counters(),
                            ending,
                            context.options().holder().text()));
        }

        /** Why a dependency does not allow the load, if it does not. */
        private Optional<String> obstacle(String need) {
            var future = results.get(need);
            if (future == null) {
                var other = integration(need);
                return state(need).loaded() || other.status() == Status.NOT_ACTIVE
                        ? Optional.empty()
                        : Optional.of("%s is not loaded; load it first or together".formatted(need));
            }
            return switch (future.join()) {
                case RunResult.Done ignored -> Optional.empty();
                case RunResult.Failed failed ->
                    Optional.of("%s failed (%s)"
                            .formatted(need, failed.failure().code().slug()));
                case RunResult.Cancelled ignored -> Optional.of("the run was stopped");
                case RunResult.RunningElsewhere ignored -> Optional.of("%s is running elsewhere".formatted(need));
                case RunResult.NotStarted ignored ->
                    integration(need).status() == Status.NOT_ACTIVE
                            ? Optional.empty()
                            : Optional.of("%s was not started".formatted(need));
            };
        }

        private Integration integration(String name) {
            var integration = all.get(name);
            assert integration != null : name + " was checked before";
            return integration;
        }
    }
}
