package io.imaint.app;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An integration as the command line shows it, as text and as JSON. */
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
    private static final List<String> HEADER = List.of("integration", "status", "rows", "of", "current at");

    /** All integrations of a store; those that others depend on come first. */
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

    /** When its data was last known to be current: at the end of the last delta, stored twice a minute, or of the load. */
    private static @Nullable Instant currentAt(InboundState state) {
        var delta = state.delta().lastRunAt();
        return delta == null ? state.load().loadedAt() : delta;
    }

    /** A table with a line per integration. */
    static List<String> table(List<IntegrationReport> reports) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        for (var report : reports) {
            rows.add(List.of(
                    report.name,
                    report.status + " " + report.statusText,
                    Long.toString(report.rows),
                    report.total == null ? "" : report.total.toString(),
                    report.currentAt == null
                            ? ""
                            : report.currentAt.truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        return TextTable.lines(rows, HEADER.indexOf("rows"), HEADER.indexOf("of") + 1);
    }

    /** Each error once, with the integrations that have it. */
    static List<String> errors(List<IntegrationReport> reports) {
        var names = new LinkedHashMap<String, List<String>>();
        for (var report : reports) {
            if (report.lastError != null) {
                names.computeIfAbsent(report.lastError, line -> new ArrayList<>())
                        .add(report.name);
            }
        }
        var lines = new ArrayList<String>();
        names.forEach((error, having) -> {
            lines.add("");
            lines.addAll(
                    TextTable.wrapped("failed (%d): %s".formatted(having.size(), String.join(", ", having)), "  "));
            lines.addAll(TextTable.wrapped("  " + error, "  "));
        });
        return lines;
    }

    static void print(List<IntegrationReport> reports, Terminal terminal) {
        table(reports).forEach(terminal::line);
        errors(reports).forEach(terminal::line);
    }
}
