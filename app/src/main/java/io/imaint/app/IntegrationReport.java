package io.imaint.app;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An integration as the command line shows it, in words and as JSON. */
record IntegrationReport(
        String name,
        String entitySet,
        String collection,
        int status,
        String statusText,
        long rows,
        @Nullable Long total,
        long inserted,
        long updated,
        long unchanged,
        long pages,
        @Nullable Instant loadedAt,
        @Nullable Instant currentAt,
        @Nullable Long lastDurationMs,
        @Nullable String system,
        @Nullable String lastError) {

    /** All integrations of a store, those that others depend on first. */
    static List<IntegrationReport> all(Store store) {
        return Integrations.all(store.documents(Integrations.TYPE)).stream()
                .map(stored -> of(stored.value(), InboundStates.live(store, stored.key())))
                .toList();
    }

    static IntegrationReport of(Integration integration, InboundState state) {
        return new IntegrationReport(
                integration.name(),
                integration.mapping().entitySet(),
                integration.mapping().collection(),
                integration.status().number(),
                IntegrationView.statusText(integration, state),
                state.load().counters().rowsRead(),
                state.load().total(),
                state.load().counters().inserted(),
                state.load().counters().updated(),
                state.load().counters().unchanged(),
                state.load().counters().pages(),
                state.load().loadedAt(),
                currentAt(state),
                state.load().lastDuration() == null
                        ? null
                        : state.load().lastDuration().toMillis(),
                state.system(),
                state.health().lastError() == null
                        ? null
                        : state.health().lastError().line());
    }

    /** When its data was last known to be SAP's: at the end of the last delta, noted twice a minute, or of the load. */
    private static @Nullable Instant currentAt(InboundState state) {
        var delta = state.delta().lastRunAt();
        return delta == null ? state.load().loadedAt() : delta;
    }

    /** A table with a line per integration, and below it a line per error. */
    static void print(List<IntegrationReport> reports, Terminal terminal) {
        terminal.line("%-22s %-22s %-17s %10s %10s  %s"
                .formatted("integration", "collection", "status", "rows", "of", "current at"));
        for (var report : reports) {
            terminal.line("%-22s %-22s %-17s %10d %10s  %s"
                    .formatted(
                            report.name,
                            report.collection,
                            report.status + " " + report.statusText,
                            report.rows,
                            report.total == null ? "" : report.total.toString(),
                            report.currentAt == null ? "" : report.currentAt.toString()));
        }
        for (var report : reports) {
            if (report.lastError != null) {
                terminal.line(report.name + ": " + report.lastError);
            }
        }
    }
}
