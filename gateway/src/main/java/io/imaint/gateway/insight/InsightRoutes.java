package io.imaint.gateway.insight;

import io.imaint.gateway.flow.Engine;
import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Figures and traces over HTTP. Both are those of the process that answers. */
public final class InsightRoutes implements Routed {
    private static final Permission READ = new Permission("api-management.read");
    private static final Permission TRACE = new Permission("api-management.develop");

    private static final String ROOT = "/api/api-management";
    private static final String TRACES = ROOT + "/traces";

    private final Insight insight;
    private final Engine engine;

    public InsightRoutes(Insight insight, Engine engine) {
        this.insight = insight;
        this.engine = engine;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ROOT + "/analytics", "Sums requests by proxy, application and status")
                        .permits(READ)
                        .answersListing(Figures.Total.class)
                        .handles(Totals.class, asked -> listed(insight.figures().totals(asked.minutes))),
                Route.get(ROOT + "/analytics/time-series", "Shows requests, faults and latency minute by minute")
                        .permits(READ)
                        .answersListing(Figures.Point.class)
                        .handles(
                                TimeSeries.class,
                                asked -> listed(insight.figures()
                                        .timeSeries(asked.proxy == null ? "" : asked.proxy, asked.minutes))),
                Route.get(
                                ROOT + "/proxies/{name}/policy-times",
                                "Shows how often each policy of a proxy ran, and how long")
                        .permits(READ)
                        .answersListing(ProxyPlan.PolicyFigures.class)
                        .handles(
                                OfProxy.class,
                                asked -> listed(engine.deployed(asked.name)
                                        .map(ProxyPlan::figures)
                                        .orElse(List.of()))),
                Route.post(TRACES, "Follows the next requests of a filter step by step")
                        .permits(TRACE)
                        .answers(Session.class)
                        .handles(Begin.class, asked -> begin(asked.trace)),
                Route.get(TRACES, "Lists the traces that run")
                        .permits(TRACE)
                        .answersListing(Session.class)
                        .handles(() -> listed(
                                insight.sessions().stream().map(Session::of).toList())),
                Route.get(TRACES + "/{id}", "Shows what a trace has recorded so far")
                        .permits(TRACE)
                        .answers(Recorded.class)
                        .handles(Records.class, asked -> recorded(asked.id, asked.after)),
                Route.delete(TRACES + "/{id}", "Ends a trace")
                        .permits(TRACE)
                        .answersNothing()
                        .handles(One.class, asked -> {
                            insight.end(asked.id);
                            return NoContent.NO_CONTENT;
                        }));
    }

    private static <T> Listing<T> listed(List<T> all) {
        return new Listing<>(all, null, (long) all.size());
    }

    record Totals(@Default("60") @Range(min = 1, max = 1440) int minutes) {}

    record TimeSeries(
            @Default("60") @Range(min = 1, max = 1440) int minutes,
            @Length(max = 200) @Nullable String proxy) {}

    record OfProxy(@Path @Length(max = 200) String name) {}

    record One(@Path @Length(max = 60) String id) {}

    record Records(
            @Path @Length(max = 60) String id,

            @Description("How many of its requests the caller has already")
            @Default("0")
            @Range(min = 0, max = Insight.RECORDS_MAX)
            int after) {}

    record Begin(@Body NewTrace trace) {}

    /** Which requests to follow; null takes any. */
    record NewTrace(
            @Length(max = 200) @Nullable String proxy,

            @Description("How the path begins") @Length(max = 500) @Nullable
            String path,

            @Description("A header that the request has") @Length(max = 100) @Nullable
            String header,

            @Description("The value of that header") @Length(max = 1000) @Nullable
            String value,

            @Description("The client's address") @Length(max = 60) @Nullable
            String client,

            @Description("The application's name, or the first four characters of a key that the request carries")
            @Length(min = 1, max = 200)
            @Nullable
            String application,

            @Description("The status of the answer, such as 404 or 4xx")
            @Pattern(regexp = "[1-5]([0-9][0-9]|xx)", description = "a status such as 404, or a class such as 4xx")
            @Nullable
            String status,

            @Default("60") @Range(min = 1, max = 600) int seconds,
            @Default("20") @Range(min = 1, max = 100) int requests) {}

    /** A trace that runs. */
    record Session(String id, Instant until) {
        static Session of(TraceSession session) {
            return new Session(session.id(), session.until());
        }
    }

    /** What a trace recorded. */
    record Recorded(String id, Instant until, List<TraceRecord> requests) {}

    private Session begin(NewTrace asked) {
        var filter = new TraceFilter(
                Optional.ofNullable(asked.proxy),
                Optional.ofNullable(asked.path),
                Optional.ofNullable(asked.header),
                Optional.ofNullable(asked.value),
                Optional.ofNullable(asked.client),
                Optional.ofNullable(asked.application),
                Optional.ofNullable(asked.status));
        return insight.trace(filter, Duration.ofSeconds(asked.seconds), asked.requests, record -> {})
                .map(Session::of)
                .orElseThrow(
                        () -> InsightProblem.TOO_MANY_TRACES.because("%d traces run".formatted(Insight.SESSIONS_MAX)));
    }

    private Recorded recorded(String id, int after) {
        var session = insight.session(id).orElseThrow(() -> InsightProblem.TRACE_NOT_FOUND.because(id));
        var records = session.records();
        return new Recorded(
                session.id(), session.until(), records.subList(Math.min(after, records.size()), records.size()));
    }
}
