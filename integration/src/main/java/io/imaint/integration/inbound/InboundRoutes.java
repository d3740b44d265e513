package io.imaint.integration.inbound;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.Accepted;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The routes by which runs are started, stopped, followed and looked up afterwards, and by which integrations are compared
 * with SAP. They hold the runs that were started by the API in this process.
 */
final class InboundRoutes implements Routed, Metered, LoadListener, AutoCloseable {
    private static final Permission READ = new Permission("inbound.read");
    private static final Permission RUN = new Permission("inbound.run");
    private static final String RUNS = "/api/inbound/runs";
    /** How long a client may repeat the request that starts a run. */
    private static final Duration ANSWER_KEPT = Duration.ofDays(1);

    private static final String JOBS = "/api/inbound/jobs";
    private static final String COMPARISONS = "/api/inbound/comparisons";

    private final InboundLoads loads;
    private final InboundJobs jobs;
    private final InboundEvents events;
    private final InboundMeters meters;
    private final Deltas deltas;
    private final Comparisons comparisons;
    private final Cancellation.Requests cancellations;
    private final Holder here = Holder.here();
    private final InboundRuns runs;
    private final DeadLetters letters;

    /** @param deltas of the runs that are started; closed with the routes */
    InboundRoutes(Store store, InboundLoads loads, Deltas deltas, InboundMeters meters, InstantSource clock) {
        this.cancellations = new Cancellation.Requests(store, clock);
        this.loads = loads;
        this.deltas = deltas;
        this.meters = meters;
        this.events = new InboundEvents(() -> states(loads), clock);
        this.comparisons = new Comparisons(store, clock);
        this.jobs = new InboundJobs(loads, deltas, comparisons, this, clock);
        this.runs = new InboundRuns(store);
        this.letters = new DeadLetters(store);
    }

    private static List<IntegrationView> states(InboundLoads loads) {
        return loads.integrations().stream()
                .map(integration -> IntegrationView.of(integration, loads.state(integration.name()), null))
                .toList();
    }

    @Override
    public void progressed(LoadListener.Progress progress) {
        events.progressed(progress);
    }

    @Override
    public void ended(RunResult result) {
        meters.ended(result);
        events.ended(result);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    /** Ends the runs that were started by the API. */
    @Override
    public void close() {
        jobs.close();
        deltas.close();
    }

    /** What can be started. */
    enum Start {
        LOAD(InboundRun.Kind.LOAD),
        DELTA(InboundRun.Kind.DELTA);

        private final InboundRun.Kind kind;

        Start(InboundRun.Kind kind) {
            this.kind = kind;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Order(
            @Description("load reads everything, delta reads changes.")
            Start kind,

            @Description("The integrations; an empty list means all active ones.")
            List<String> integrations) {}

    record Starting(@Body Order order) {}

    record Job(String kind, List<String> integrations, Instant since, boolean stopping) {
        static Job of(InboundJobs.Job job) {
            return new Job(
                    job.kind().toString(),
                    job.integrations(),
                    job.since(),
                    job.cancellation().requested());
        }
    }

    record Name(@Path String integration) {}

    record Stopping(
            String integration,

            @Description("The processes that run it. Each cancellations after its current chunk of rows.")
            List<String> runners) {}

    record History(
            @Description("Only runs of this integration.") @Nullable
            String integration,

            @Default("50") @Range(min = 1, max = 1000) int limit) {}

    record Letters(
            String integration,
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page.") @Nullable
            String after) {}

    record Compare(@Body ComparisonOrder body) {}

    record ComparisonOrder(
            @Description("The integrations; an empty list means all active ones.")
            List<String> integrations,

            @Description("Whether differences are repaired.") @Default("false")
            boolean repair,

            @Description("Whether all mapped values are compared, not only keys and change stamps; slower.")
            @Default("false")
            boolean contents,

            @Description("Documents that may be removed; null for what the setting inbound-removals-percent allows.")
            @Range(min = 0, max = Integer.MAX_VALUE)
            @Nullable
            Integer removalsMax) {
        ComparisonOrder {
            integrations = List.copyOf(integrations);
        }
    }

    record Which(
            @Description("Only that of this integration.") @Nullable
            String integration) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(RUNS, "Starts a load or a delta, which continues after the response")
                        .permits(RUN)
                        .idempotent(ANSWER_KEPT)
                        .accepts(Job.class)
                        .handles(Starting.class, this::start),
                Route.get(RUNS, "Lists ended runs, newest first")
                        .permits(READ)
                        .answersListing(RunView.class)
                        .handles(History.class, this::history),
                Route.get(JOBS, "Lists the runs that were started by the API and are in progress in this process")
                        .permits(READ)
                        .answersListing(Job.class)
                        .handles(() -> {
                            var all = jobs.all().stream().map(Job::of).toList();
                            return new Listing<>(all, null, (long) all.size());
                        }),
                Route.post(
                                "/api/inbound/integrations/{integration}/stop",
                                "Stops the run that an integration is in, whichever process runs it")
                        .permits(RUN)
                        .accepts(Stopping.class)
                        .handles(Name.class, asked -> new Accepted<>(JOBS, stop(asked))),
                Route.get("/api/inbound/dead-letters", "Lists the dead letters of an integration")
                        .permits(READ)
                        .answersListing(DeadLetter.class)
                        .handles(Letters.class, this::letters),
                Route.get("/api/inbound/events", "Streams the state of all integrations, then every change")
                        .permits(READ)
                        .sends(InboundEvent.class)
                        .handles(events::follow),
                Route.post(
                                COMPARISONS,
                                "Starts a comparison with SAP, which continues after the response, and repairs if asked")
                        .permits(RUN)
                        .accepts(Job.class)
                        .handles(Compare.class, asked -> compare(asked.body)),
                Route.get(
                                COMPARISONS,
                                "Lists the last comparison of each integration, with the progress of running ones")
                        .permits(READ)
                        .answersListing(Comparison.class)
                        .handles(Which.class, this::comparisons));
    }

    private Accepted<Job> start(Starting asked) {
        var order = asked.order();
        return new Accepted<>(JOBS, Job.of(jobs.start(order.kind().kind, order.integrations())));
    }

    private Listing<RunView> history(History asked) {
        var found = asked.integration() == null
                ? runs.newest(asked.limit())
                : runs.newest(requireKnown(asked.integration()), asked.limit());
        return new Listing<>(found.stream().map(RunView::of).toList(), null, null);
    }

    private Listing<DeadLetter> letters(Letters asked) {
        var name = requireKnown(asked.integration());
        var page = letters.newest(name, asked.limit(), asked.after());
        return new Listing<>(page.values(), page.next(), letters.count(name));
    }

    private String requireKnown(String name) {
        if (loads.integrations().stream()
                .noneMatch(integration -> integration.name().equals(name))) {
            throw DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'");
        }
        return name;
    }

    private Stopping stop(Name asked) {
        var name = requireKnown(asked.integration());
        // A job of this process for this integration alone is cancelled at once; other runs when they read the request.
        var job = jobs.job(name).filter(own -> own.integrations().equals(List.of(name)));
        job.ifPresent(own -> own.cancellation().request());
        try {
            return new Stopping(name, cancellations.cancel(name));
        } catch (Failure notRunning) {
            if (job.isPresent()) {
                return new Stopping(name, List.of(here.text()));
            }
            throw notRunning;
        }
    }

    private Accepted<Job> compare(ComparisonOrder order) {
        long removals = order.removalsMax == null ? -1 : order.removalsMax;
        var how = new ReconciliationOptions(order.repair, order.contents, removals);
        return new Accepted<>(JOBS, Job.of(jobs.compare(order.integrations, how)));
    }

    private Listing<Comparison> comparisons(Which asked) {
        var names = asked.integration == null
                ? loads.integrations().stream().map(Integration::name).toList()
                : List.of(requireKnown(asked.integration));
        var found =
                names.stream().flatMap(name -> comparisons.of(name).stream()).toList();
        return new Listing<>(found, null, (long) found.size());
    }
}
