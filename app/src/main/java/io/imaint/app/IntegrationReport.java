package io.imaint.app;

import io.imaint.integration.inbound.Integration;
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

    static IntegrationReport of(Integration integration) {
        var run = integration.run();
        return new IntegrationReport(
                integration.name(),
                integration.mapping().entitySet(),
                integration.mapping().collection(),
                integration.status().number(),
                text(integration),
                run.counters().rowsRead(),
                run.total(),
                run.counters().inserted(),
                run.counters().updated(),
                run.counters().unchanged(),
                run.counters().pages(),
                run.loadedAt(),
                run.lastDuration() == null ? null : run.lastDuration().toMillis(),
                run.system(),
                run.lastError() == null ? null : run.lastError().line());
    }

    private static String text(Integration integration) {
        return switch (integration.status()) {
            case NOT_ACTIVE -> "not active";
            case ACTIVE -> integration.loaded() ? "loaded" : "not loaded yet";
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
