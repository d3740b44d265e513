package io.imaint.integration.delta;

import io.imaint.integration.state.RunResult;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks SAP whether anything changed since the token, and writes nothing: no lease, no state. Most polls find nothing.
 * What this one finds, or fails with, is left to a {@link DeltaRun}, which asks again under the lease; SAP answers a token
 * as often as it is asked.
 */
final class DeltaPoll {
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

    private DeltaPoll() {}

    /** The result of a run that finds nothing and has nothing to note; empty where a run is needed. */
    static Optional<RunResult> quiet(Deltas.Context context, Integration integration, InboundState state) {
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
