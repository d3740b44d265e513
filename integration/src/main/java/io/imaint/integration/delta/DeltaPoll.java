package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.DeltaResult.Way;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.odata.UnreadableRow;
import io.imaint.integration.source.Patience;
import io.imaint.integration.state.DeltaCounts;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRun.Ending;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.Stop;
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
    private static final RowSink NOTHING = new RowSink() {
        @Override
        public void row(Row row) {
            throw new Changed();
        }

        @Override
        public void deleted(Row key) {
            throw new Changed();
        }

        @Override
        public void unreadable(UnreadableRow row) {
            throw new Changed();
        }
    };

    private DeltaPoll() {}

    /** The result of a run that finds nothing and has nothing to note; empty where a run is needed. */
    static Optional<DeltaResult> quiet(DeltaSite site, Integration integration, InboundState state, Stop stop) {
        var delta = state.delta();
        var lastRunAt = delta.lastRunAt();
        if (integration.status() == Status.FAILED
                || state.health().lastError() != null
                || lastRunAt == null
                || !site.now().isBefore(lastRunAt.plus(site.settings().noteEvery()))) {
            return Optional.empty();
        }
        var beganAt = site.now();
        try {
            return nothingSince(site, integration, state, stop)
                    ? Optional.of(noted(site, integration, beganAt, delta.note()))
                    : Optional.empty();
        } catch (Changed | Failure forTheRun) {
            return Optional.empty();
        }
    }

    private static boolean nothingSince(DeltaSite site, Integration integration, InboundState state, Stop stop) {
        var delta = state.delta();
        var mapping = site.sap().mapping(integration);
        var route = new DeltaRoute(site, integration, mapping, state);
        var position = route.start();
        if (!position.equals(delta.position()) || route.way(position) != Way.TOKEN) {
            return false;
        }
        var patience = new Patience(integration.name(), site.terms(), stop, stop::check, () -> {});
        var tokens = new DeltaTokens(site.sap(), integration, mapping, patience);
        var askedAt = site.now();
        PageRead page = site.sap()
                .read(
                        integration,
                        new PageRequest(
                                tokens.target(position.token()), site.terms().pageSize(), false, mapping.type()),
                        NOTHING);
        page.servedAt().ifPresent(served -> site.skew().answered(askedAt, site.now(), served));
        return page.next().isEmpty()
                && page.delta().flatMap(DeltaLink::of).isPresent()
                && Objects.equals(tokens.note(true, delta.note()), delta.note());
    }

    private static DeltaResult noted(DeltaSite site, Integration integration, Instant beganAt, @Nullable String note) {
        var counts = new DeltaCounts();
        counts.page(0);
        var run = new InboundRun(
                integration.name(),
                InboundRun.Kind.DELTA,
                beganAt,
                site.now(),
                1,
                counts.counters(),
                0,
                0,
                null,
                Ending.DONE,
                site.terms().holder().text());
        site.runs().note(run);
        site.listener().ended(run, counts.lags());
        return new DeltaResult.Current(integration.name(), Way.TOKEN, run, note);
    }
}
