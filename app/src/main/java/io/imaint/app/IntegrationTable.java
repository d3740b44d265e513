package io.imaint.app;

import io.imaint.integration.inbound.IntegrationView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Integrations as text: a table with a line for each, and the errors. */
final class IntegrationTable {
    private static final List<String> HEADER =
            List.of("integration", "status", "documents", "rows read", "of", "current at");

    private IntegrationTable() {}

    static void print(List<IntegrationView> integrations, Terminal terminal) {
        lines(integrations).forEach(terminal::line);
        errors(integrations).forEach(terminal::line);
    }

    /** A table with a line per integration. */
    static List<String> lines(List<IntegrationView> integrations) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        for (var one : integrations) {
            rows.add(List.of(
                    one.name(),
                    one.status() + " " + one.statusText(),
                    one.documents() == null ? "" : one.documents().toString(),
                    Long.toString(one.rows()),
                    one.total() == null ? "" : one.total().toString(),
                    one.currentAt() == null
                            ? ""
                            : one.currentAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        return TextTable.lines(rows, HEADER.indexOf("documents"), HEADER.indexOf("of") + 1);
    }

    /** Each error once, with the integrations that have it. */
    static List<String> errors(List<IntegrationView> integrations) {
        var failed = new LinkedHashMap<String, List<IntegrationView>>();
        for (var one : integrations) {
            var error = one.lastError();
            if (error != null) {
                failed.computeIfAbsent(error.line(), line -> new ArrayList<>()).add(one);
            }
        }
        var lines = new ArrayList<String>();
        failed.forEach((error, having) -> {
            var names = having.stream().map(IntegrationView::name).collect(Collectors.joining(", "));
            lines.add("");
            lines.addAll(TextTable.wrapped(
                    "failed (%d), %s: %s".formatted(having.size(), lastSuccess(having), names), "  "));
            lines.addAll(TextTable.wrapped("  " + error, "  "));
        });
        return lines;
    }

    /** Since when the first of some integrations is without success. */
    private static String lastSuccess(List<IntegrationView> failed) {
        return failed.stream()
                .map(IntegrationView::lastSuccessAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(at -> "last success " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("no success yet");
    }
}
