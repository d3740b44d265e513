package io.imaint.app;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
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
                text(integration, state),
                state.load().counters().rowsRead(),
                state.load().total(),
                state.load().counters().inserted(),
                state.load().counters().updated(),
                state.load().counters().unchanged(),
                state.load().counters().pages(),
                state.load().loadedAt(),
                state.load().lastDuration() == null
                        ? null
                        : state.load().lastDuration().toMillis(),
                state.system(),
                state.health().lastError() == null
                        ? null
                        : state.health().lastError().line());
    }

    private static String text(Integration integration, InboundState state) {
        return switch (integration.status()) {
            case NOT_ACTIVE -> "not active";
            case ACTIVE -> state.loaded() ? "loaded" : "not loaded yet";
            case RUNNING -> "running";
            case FAILED -> "failed";
        };
    }

    /** A table with a line per integration, and below it a line per error. */
    static void print(List<IntegrationReport> reports, Terminal terminal) {
        terminal.line("%-22s %-22s %-15s %10s %10s  %s"
                .formatted("integration", "collection", "status", "rows", "of", "loaded at"));
        for (var report : reports) {
            terminal.line("%-22s %-22s %-15s %10d %10s  %s"
                    .formatted(
                            report.name,
                            report.collection,
                            report.status + " " + report.statusText,
                            report.rows,
                            report.total == null ? "" : report.total.toString(),
                            report.loadedAt == null ? "" : report.loadedAt.toString()));
        }
        for (var report : reports) {
            if (report.lastError != null) {
                terminal.line(report.name + ": " + report.lastError);
            }
        }
    }
}
