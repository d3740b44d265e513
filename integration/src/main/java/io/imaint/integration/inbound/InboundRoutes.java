package io.imaint.integration.inbound;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.integration.state.StopRequests;
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
import io.imaint.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes by which runs are started, stopped, followed and looked up afterwards. */
final class InboundRoutes implements Routed {
    private static final Permission READ = new Permission("inbound.read");
    private static final Permission RUN = new Permission("inbound.run");
    private static final String RUNS = "/api/inbound/runs";
    /** How long a client may repeat the request that starts a run. */
    private static final Duration ANSWER_KEPT = Duration.ofDays(1);

    private static final String JOBS = "/api/inbound/jobs";

    private final InboundLoads loads;
    private final InboundJobs jobs;
    private final InboundEvents events;
    private final StopRequests stops;
    private final Holder here = Holder.here();
    private final InboundRuns runs;
    private final DeadLetters letters;

    InboundRoutes(Store store, InboundLoads loads, InboundJobs jobs, InboundEvents events) {
        this.stops = new StopRequests(store, InstantSource.system());
        this.loads = loads;
        this.jobs = jobs;
        this.events = events;
        this.runs = new InboundRuns(store);
        this.letters = new DeadLetters(store);
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
                    job.stop().requested());
        }
    }

    record Name(@Path String integration) {}

    record Stopping(
            String integration,

            @Description("The processes that run it. Each stops after its current chunk of rows.")
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

    record RunView(
            String integration,
            @Description("load, delta, reconcile or map.") String kind,
            Instant beganAt,
            Instant endedAt,

            @Description("How many runs the entry sums up; more than 1 only for deltas without changes.")
            long runs,

            long durationMs,
            long rows,
            long inserted,
            long updated,
            long unchanged,
            long removed,
            long deadLetters,
            @Nullable Long rowsPerSecond,

            @Description("The longest time from a change in SAP until it was visible.") @Nullable
            Long lagMs,

            @Description("done, failed or stopped.") String result,
            @Nullable String code,
            @Nullable String detail,
            @Description("The process that ran it.") String runner) {
        static RunView of(InboundRun run) {
            var counters = run.counters();
            long ms = Math.max(0, run.endedAt().toEpochMilli() - run.beganAt().toEpochMilli());
            return new RunView(
                    run.integration(),
                    run.kind().toString(),
                    run.beganAt(),
                    run.endedAt(),
                    run.runs(),
                    ms,
                    counters.rowsRead(),
                    counters.inserted(),
                    counters.updated(),
                    counters.unchanged(),
                    run.removed(),
                    run.deadLetters(),
                    ms == 0 ? null : counters.rowsRead() * 1_000 / ms,
                    run.lagMs(),
                    run.ending().result().toString(),
                    run.ending().code(),
                    run.ending().detail(),
                    run.runner());
        }
    }

    record LetterView(
            String integration,
            String entitySet,

            @Description("The id of its document; null when the key cannot be read.") @Nullable
            String row,

            Map<String, String> keys,

            @Description("The property with the invalid value; empty when there is no single one.")
            String property,

            @Description("The value, truncated.") String value,
            String reason,
            String code,
            Instant firstSeenAt,
            Instant lastSeenAt,
            long times) {
        static LetterView of(DeadLetter letter) {
            return new LetterView(
                    letter.integration(),
                    letter.entitySet(),
                    letter.row(),
                    letter.keys(),
                    letter.property(),
                    letter.value(),
                    letter.reason(),
                    letter.code(),
                    letter.firstSeenAt(),
                    letter.lastSeenAt(),
                    letter.times());
        }
    }

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
                        .answersListing(LetterView.class)
                        .handles(Letters.class, this::letters),
                Route.get("/api/inbound/events", "Streams the state of all integrations, then every change")
                        .permits(READ)
                        .sends(InboundEvent.class)
                        .handles(events::follow));
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

    private Listing<LetterView> letters(Letters asked) {
        var name = requireKnown(asked.integration());
        var page = letters.newest(name, asked.limit(), asked.after());
        return new Listing<>(page.values().stream().map(LetterView::of).toList(), page.next(), letters.count(name));
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
        // A job of this process that is at nothing else ends at once; whoever else works at it, when it sees the wish.
        var job = jobs.job(name).filter(own -> own.integrations().equals(List.of(name)));
        job.ifPresent(own -> own.stop().request());
        try {
            return new Stopping(name, stops.request(name));
        } catch (Failure nobodyElse) {
            if (job.isPresent()) {
                return new Stopping(name, List.of(here.text()));
            }
            throw nobodyElse;
        }
    }
}
