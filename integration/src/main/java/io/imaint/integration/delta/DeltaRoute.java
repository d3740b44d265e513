package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.ChangeStamps;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.pipeline.RetryPolicy;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses how an integration's changes are found now, and from where; knows the delta tokens of its set. */
final class DeltaRoute {
    /** The answer's time has whole seconds; a token of the same read may seem that much older or newer. */
    private static final Duration SAME_READ = Duration.ofSeconds(2);

    /** There is a change; which, the run will read. */
    private static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Changed() {
            super("changed", null, false, false);
        }
    }

    /** Ends the page at its first row. */
    private static final Row.Sink NOTHING = new Row.Sink() {
        @Override
        public void row(Row row) {
            throw new Changed();
        }

        @Override
        public void deleted(Row key) {
            throw new Changed();
        }

        @Override
        public void unreadable(Row.Unreadable row) {
            throw new Changed();
        }
    };

    private final Deltas.Context context;
    private final Integration integration;
    private final RowMapping mapping;
    private final InboundState state;

    DeltaRoute(Deltas.Context context, Integration integration, RowMapping mapping, InboundState state) {
        this.context = context;
        this.integration = integration;
        this.mapping = mapping;
        this.state = state;
    }

    /** The position to resume from; drops a token that was issued for another user, set or filter. */
    DeltaState.Position start() {
        var kept = state.delta().position();
        var fresh = new DeltaState.Position(
                scope(), mapping.fingerprint(), state.load().loadedAt(), null, null);
        if (!fresh.sameLoad(kept)) {
            return kept.loadedAt() == null && madeAs(kept, fresh)
                    ? fresh.withToken(state.delta().loadToken()).upTo(kept.watermark())
                    : fresh;
        }
        return fresh.sameScope(kept) && fresh.sameMapping(kept) ? kept : fresh.upTo(kept.watermark());
    }

    ChangeSource source(DeltaState.Position from) {
        var kept = state.delta().position();
        if (!madeAs(kept, from)) {
            return ChangeSource.REREAD;
        }
        var comparedAt = state.delta().comparedAt();
        // A comparison that refused to sweep leaves it due for an operator; changes go on meanwhile.
        boolean sweepDue = state.load().sweepDue() && comparedAt == null;
        if (from.token() != null && integration.reading().delta() == Reading.DeltaMode.TOKEN && !sweepDue) {
            return ChangeSource.TOKEN;
        }
        if (place() < 0) {
            return ChangeSource.REREAD;
        }
        if (from.sameLoad(kept) && !from.sameScope(kept)) {
            return ChangeSource.RECONCILIATION;
        }
        boolean due = comparedAt == null
                || !comparedAt
                        .plus(context.settings().compareEvery())
                        .isAfter(context.inbound().now());
        return due || since(from.watermark()).isEmpty() ? ChangeSource.RECONCILIATION : ChangeSource.STAMP;
    }

    /** Whether the documents were made by the definition as it is now, as far as is known. */
    private static boolean madeAs(DeltaState.Position kept, DeltaState.Position now) {
        return kept.mapping() == null || now.sameMapping(kept);
    }

    /** The condition for what is as new as a change stamp; empty when it cannot be asked for. */
    Optional<String> since(@Nullable Instant watermark) {
        return watermark == null || place() < 0
                ? Optional.empty()
                : ChangeStamps.since(
                        mapping.type().properties().get(place()),
                        watermark,
                        context.settings().stampOverlap());
    }

    /** The place of the change stamp among the properties; negative when there is none. */
    private int place() {
        var stamp = integration.reading().changeStamp();
        return stamp == null ? -1 : mapping.type().place(stamp);
    }

    /** What a token is good for. */
    private String scope() {
        return "%s|%s|%s|%s"
                .formatted(
                        context.inbound().system(),
                        context.user(),
                        integration.mapping().entitySet(),
                        integration.reading().filterAnd(""));
    }

    /** The address of what changed since a token. */
    String changes(@Nullable String token) {
        assert token != null : "the source was chosen by it";
        return new DeltaLink(integration.mapping().entitySet(), token)
                .target(
                        mapping.type(),
                        List.of(mapping.select().split(",", -1)),
                        integration.reading().filterAnd(""));
    }

    /** The token in which a read ended, or that SAP lists for it elsewhere. */
    Optional<String> token(PagePipeline.End end, RetryPolicy retries) {
        return end.delta().flatMap(DeltaLink::of).map(DeltaLink::token).or(() -> listed(end, retries));
    }

    /**
     * Of those that SAP holds open the one of this read. An older one could be for another filter, and a newer one is of
     * another reader, who already has what changed between the two reads. Where the clock that dates answers and the one
     * that dates tokens differ, none is taken: that costs a read by change stamps and loses nothing.
     */
    private Optional<String> listed(PagePipeline.End read, RetryPolicy retries) {
        return retries
                .run(() -> context.inbound()
                        .sap()
                        .service(integration)
                        .deltaLinks(integration.mapping().entitySet()))
                .stream()
                .filter(open -> ofRead(open, read))
                .findFirst()
                .map(open -> open.link().token());
    }

    private static boolean ofRead(DeltaLink.Open open, PagePipeline.End read) {
        var from = read.servedAt();
        var to = read.endedAt();
        return from == null
                || to == null
                || open.createdAt()
                        .map(at -> !at.isBefore(from.minus(SAME_READ)) && !at.isAfter(to.plus(SAME_READ)))
                        .orElse(true);
    }

    /**
     * Whether a failure means that the token is no longer good.
     *
     * @param first whether it came instead of the first page, where SAP also refuses what it cannot read any more
     */
    static boolean lost(Failure failure, boolean first) {
        return failure.code() == ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                || (first
                        && (failure.code() == ODataProblem.SAP_REQUEST_REFUSED
                                || failure.code() == ODataProblem.SAP_NOT_FOUND));
    }

    /** The note on a set for which SAP gave no token; notes on other things stay. */
    @Nullable
    String note(boolean given, @Nullable String before) {
        var none = "SAP hands out no delta token for %s; changes are found by %s"
                .formatted(
                        integration.mapping().entitySet(),
                        integration.stampField() == null ? "reading the whole set" : "change stamp");
        if (given) {
            return none.equals(before) ? null : before;
        }
        return before == null ? none : before;
    }

    /**
     * Asks SAP whether anything changed since the token, and writes nothing: no lease, no state. Most polls find nothing.
     * What this one finds, or fails with, is left to a {@link DeltaRun}, which asks again under the lease; SAP answers a
     * token as often as it is asked.
     *
     * @return the result of a run that finds nothing and has nothing to note; empty where a run is needed
     */
    static Optional<RunResult> poll(Deltas.Context context, Integration integration, InboundState state) {
        var delta = state.delta();
        var lastRunAt = delta.lastRunAt();
        if (state.health().lastError() != null
                || lastRunAt == null
                || !context.inbound()
                        .now()
                        .isBefore(lastRunAt.plus(context.settings().noteEvery()))) {
            return Optional.empty();
        }
        var beganAt = context.inbound().now();
        try {
            return nothingSince(context, integration, state)
                    ? Optional.of(noted(context, integration, beganAt, delta.note()))
                    : Optional.empty();
        } catch (Changed | Failure forTheRun) {
            return Optional.empty();
        }
    }

    private static boolean nothingSince(Deltas.Context context, Integration integration, InboundState state) {
        var delta = state.delta();
        var inbound = context.inbound();
        var service = inbound.sap().service(integration);
        var mapping = service.mapping(integration);
        var route = new DeltaRoute(context, integration, mapping, state);
        var position = route.start();
        if (!position.equals(delta.position()) || route.source(position) != ChangeSource.TOKEN) {
            return false;
        }
        var target = route.changes(position.token());
        var page = service.read(new PageRequest(target, inbound.options().pageSize(), false, mapping.type()), NOTHING);
        return page.next().isEmpty()
                && page.delta().flatMap(DeltaLink::of).isPresent()
                && Objects.equals(route.note(true, delta.note()), delta.note());
    }

    private static RunResult noted(
            Deltas.Context context, Integration integration, Instant beganAt, @Nullable String note) {
        var counts = new Counters.Running();
        counts.page(0, 0);
        var run = InboundRun.of(
                integration.name(),
                InboundRun.Kind.DELTA,
                beganAt,
                context.inbound().now(),
                counts.counters(),
                Ending.DONE,
                context.inbound().options().holder().text());
        context.runs().note(run);
        context.listener().ended(run, counts.lags());
        return new RunResult.Current(integration.name(), ChangeSource.TOKEN, run, note);
    }
}
