package io.imaint.integration.load;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.references.CopyStep;
import io.imaint.integration.references.References;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.source.SapSource;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.LoadTerms;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.integration.state.Stop;
import io.imaint.integration.state.StopRequests;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
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
    private static final System.Logger LOG = System.getLogger(InboundLoads.class.getName());

    private final Store store;
    private final String system;
    private final SapAccess sap;
    private final boolean ownsSap;
    private final ChunkStep step;
    private final LoadTerms terms;
    private final Documents<Integration> integrations;

    /**
     * Seeds the integrations that are missing; does not call SAP.
     *
     * @param sap what the process shares, and closes later than these loads
     */
    public InboundLoads(Store store, String system, SapAccess sap, InboundSettings settings) {
        this(
                store,
                system,
                sap,
                false,
                LoadTerms.of(settings.parallel(), settings.pageSize()),
                new CopyStep(store, References.product()));
    }

    /** As the other, with an access to SAP of one's own. */
    public InboundLoads(Store store, SapSystem system, InboundSettings settings) {
        this(store, system, settings, LoadTerms.of(settings.parallel(), settings.pageSize()));
    }

    /** As the other, on terms of one's own. */
    public InboundLoads(Store store, SapSystem system, InboundSettings settings, LoadTerms terms) {
        this(store, system, settings, terms, new CopyStep(store, References.product()));
    }

    /** @param step what is done with documents before they are written */
    public InboundLoads(Store store, SapSystem system, InboundSettings settings, LoadTerms terms, ChunkStep step) {
        this(store, system.identity(), SapAccess.to(system, settings, terms.clock()), true, terms, step);
    }

    public InboundLoads(Store store, String system, SapSource source, LoadTerms terms) {
        this(store, system, source, terms, ChunkStep.NONE);
    }

    public InboundLoads(Store store, String system, SapSource source, LoadTerms terms, ChunkStep step) {
        this(store, system, new SapAccess(source, terms.clock()), true, terms, step);
    }

    private InboundLoads(Store store, String system, SapAccess sap, boolean ownsSap, LoadTerms terms, ChunkStep step) {
        this.store = store;
        this.system = system;
        this.sap = sap;
        this.ownsSap = ownsSap;
        this.step = step;
        this.terms = terms;
        this.integrations = store.documents(Integrations.TYPE);
        Integrations.seed(integrations);
    }

    /** The integrations as they stand, dependencies first. */
    public List<Integration> integrations() {
        return Integrations.all(integrations).stream().map(Stored::value).toList();
    }

    /** What stands in the store of an integration, with the figures of this moment. */
    public InboundState state(String integration) {
        return InboundStates.live(store, integration);
    }

    /** Loads all active integrations; as {@link #run}. */
    public List<LoadResult> runAll(LoadListener listener, Stop stop) {
        var active = integrations().stream()
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .map(Integration::name)
                .toList();
        return run(active, listener, stop);
    }

    /**
     * Loads the named integrations and returns when each has its result, dependencies first. One that was interrupted
     * continues; one that is loaded is loaded again.
     *
     * @throws Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}, {@link DefinitionProblem#INTEGRATION_INVALID} or
     *     {@link InboundProblem#SYSTEM_CHANGED} or {@link InboundProblem#ARCHIVE_UNFINISHED}, before anything is done
     */
    public List<LoadResult> run(Collection<String> names, LoadListener listener, Stop stop) {
        var all = integrations();
        var chosen = chosen(all, names);
        requireSameSystem();
        var run = new OneRun(
                all,
                chosen,
                new LoadShared(
                        store,
                        system,
                        sap,
                        terms,
                        step,
                        new DeadLetters(store),
                        new Semaphore(terms.parallel(), true),
                        listener,
                        stop));
        return run.results();
    }

    /**
     * Fails when something was loaded from another system, or all data is about to be replaced.
     *
     * @throws Failure {@link InboundProblem#SYSTEM_CHANGED} or {@link InboundProblem#ARCHIVE_UNFINISHED}
     */
    public void requireSameSystem() {
        LoadedSystem.require(store, system);
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

    /** The process's way to SAP. */
    public SapAccess sap() {
        return sap;
    }

    @Override
    public void close() {
        if (ownsSap) {
            sap.close();
        }
    }

    /** One call of {@link #run}. Each integration has a thread that waits for those it depends on; its readers wait for places. */
    private final class OneRun {
        private final Map<String, Integration> all = new LinkedHashMap<>();
        private final Map<String, CompletableFuture<LoadResult>> results = new LinkedHashMap<>();
        private final LoadShared shared;

        OneRun(List<Integration> all, Set<String> chosen, LoadShared shared) {
            this.shared = shared;
            for (var integration : all) {
                this.all.put(integration.name(), integration);
                if (chosen.contains(integration.name())) {
                    results.put(integration.name(), new CompletableFuture<>());
                }
            }
        }

        List<LoadResult> results() {
            // The order of `all` lets each wait only for threads started before it, so no two wait for one another.
            results.forEach((name, result) ->
                    Thread.ofVirtual().name("inbound-" + name).start(() -> result.complete(result(name))));
            return results.values().stream().map(CompletableFuture::join).toList();
        }

        private LoadResult result(String name) {
            LoadResult result;
            try {
                result = attempt(name);
                shared.listener().ended(result);
            } catch (Failure failed) {
                result = new LoadResult.Failed(name, failed);
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.ERROR, "the load of " + name + " met a defect", defect);
                result = new LoadResult.Failed(
                        name, InboundProblem.INBOUND_DEFECT.because(String.valueOf(defect), defect));
            }
            return result;
        }

        private LoadResult attempt(String name) {
            var integration = integration(name);
            if (integration.status() == Status.NOT_ACTIVE) {
                return new LoadResult.NotStarted(name, "it is not active (status 0)");
            }
            for (var need : integration.dependsOn()) {
                var reason = obstacle(need);
                if (reason.isPresent()) {
                    return new LoadResult.NotStarted(name, reason.get());
                }
            }
            if (shared.stop().requested()) {
                return new LoadResult.NotStarted(name, "the run was stopped");
            }
            var stops = new StopRequests(store, terms.clock());
            var beganAt = shared.now();
            var result = InboundLoad.run(shared.with(stops.heeding(shared.stop(), name)), name);
            ending(result).ifPresent(ending -> note(name, beganAt, ending));
            return result;
        }

        /** How a load ended that this run worked at; empty for one that it had no part in. */
        private static Optional<InboundRun.Ending> ending(LoadResult result) {
            return switch (result) {
                case LoadResult.Loaded ignored -> Optional.of(InboundRun.Ending.DONE);
                case LoadResult.Failed failed -> Optional.of(InboundRun.Ending.failed(failed.failure()));
                case LoadResult.Stopped ignored -> Optional.of(InboundRun.Ending.STOPPED);
                case LoadResult.RunningElsewhere ignored -> Optional.empty();
                case LoadResult.NotStarted ignored -> Optional.empty();
            };
        }

        private void note(String name, Instant beganAt, InboundRun.Ending ending) {
            var counters = state(name).load().counters();
            new InboundRuns(store)
                    .note(new InboundRun(
                            name,
                            InboundRun.Kind.LOAD,
                            beganAt,
                            shared.now(),
                            1,
                            counters,
                            0,
                            counters.keptAside(),
                            null,
                            ending,
                            terms.holder().text()));
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
                case LoadResult.Loaded ignored -> Optional.empty();
                case LoadResult.Failed failed ->
                    Optional.of("%s failed (%s)"
                            .formatted(need, failed.failure().code().slug()));
                case LoadResult.Stopped ignored -> Optional.of("the run was stopped");
                case LoadResult.RunningElsewhere ignored -> Optional.of("%s is running elsewhere".formatted(need));
                case LoadResult.NotStarted ignored ->
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
