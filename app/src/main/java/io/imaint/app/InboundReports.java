package io.imaint.app;

import io.imaint.integration.inbound.RunView;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of inbound as JSON and as text: loads, deltas, verifications, and the history of all of them. */
final class InboundReports {
    private static final List<String> HISTORY = List.of(
            "began at",
            "integration",
            "kind",
            "result",
            "runs",
            "rows",
            "inserted",
            "updated",
            "removed",
            "dead",
            "ms",
            "");

    private InboundReports() {}

    static Map<String, @Nullable Object> facts(RunResult result) {
        var facts = named(result.name());
        switch (result) {
            case RunResult.Loaded loaded -> {
                facts.put("result", "loaded");
                counted(facts, loaded.counters());
                facts.put("pages", loaded.counters().pages());
                facts.put("milliseconds", loaded.took().toMillis());
            }
            case RunResult.Current current -> {
                facts.put("result", "current");
                facts.put("method", current.source().words());
                counted(facts, current.run().counters());
                moved(facts, current.run());
                facts.put("note", current.note());
            }
            case RunResult.Reconciled compared -> facts.putAll(facts(compared.report()));
            case RunResult.Failed failed -> failed(facts, failed.failure());
            case RunResult.Cancelled stopped -> facts.put("result", "stopped");
            case RunResult.RunningElsewhere elsewhere -> elsewhere(facts, elsewhere.holder());
            case RunResult.NotStarted notStarted -> notStarted(facts, notStarted.reason());
        }
        return facts;
    }

    /** A table with a line for each run. */
    static List<String> history(List<RunView> runs) {
        var rows = new ArrayList<List<String>>();
        rows.add(HISTORY);
        for (var run : runs) {
            rows.add(List.of(
                    run.beganAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    run.integration(),
                    run.kind(),
                    run.result(),
                    text(run.runs()),
                    text(run.rows()),
                    text(run.inserted()),
                    text(run.updated()),
                    text(run.removed()),
                    text(run.deadLetters()),
                    text(run.durationMs()),
                    run.code() == null ? "" : JsonAsText.harmless(run.code() + ": " + run.detail())));
        }
        return TextTable.lines(rows, HISTORY.indexOf("runs"), HISTORY.indexOf("ms") + 1);
    }

    private static Map<String, @Nullable Object> facts(ReconciliationReport report) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("result", report.same() ? "same" : "different");
        facts.put("sourceRows", report.sourceRows());
        facts.put("storeDocuments", report.storeDocuments());
        facts.put("compared", report.contents() ? "keys and contents" : "keys and change stamps");
        facts.put("sourceSum", report.sourceSum());
        facts.put("storeSum", report.storeSum());
        facts.put("missing", found(report.missing()));
        facts.put("stale", found(report.stale()));
        facts.put("superfluous", found(report.superfluous()));
        facts.put("unconfirmed", found(report.unconfirmed()));
        facts.put(
                "partitions",
                report.partitions().stream().map(InboundReports::facts).toList());
        facts.put("repaired", report.repaired());
        return facts;
    }

    private static Map<String, Object> found(ReconciliationReport.Found found) {
        return Map.of("count", found.count(), "examples", found.examples());
    }

    private static Map<String, @Nullable Object> facts(ReconciliationReport.PartitionReport partition) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("property", partition.property());
        facts.put("from", partition.from());
        facts.put("below", partition.below());
        facts.put("sourceRows", partition.source().keys());
        facts.put("storeDocuments", partition.store().keys());
        facts.put("sourceSum", partition.source().sum());
        facts.put("storeSum", partition.store().sum());
        facts.put("sameSum", partition.sameSum());
        facts.put("missing", partition.missing());
        facts.put("stale", partition.stale());
        facts.put("superfluous", partition.superfluous());
        facts.put("unconfirmed", partition.unconfirmed());
        return facts;
    }

    /** A verification: its result, a table with a line for each partition, and examples of what differs. */
    static List<String> verification(RunResult result) {
        var lines = new ArrayList<String>();
        lines.add(result.name() + ": " + result.line());
        if (result instanceof RunResult.Reconciled(String name, ReconciliationReport report)) {
            partitions(report.partitions()).forEach(line -> lines.add("  " + line));
            examples(lines, name, "missing", report.missing());
            examples(lines, name, "stale", report.stale());
            examples(lines, name, "superfluous", report.superfluous());
            examples(lines, name, "not comparable", report.unconfirmed());
        }
        return lines;
    }

    private static List<String> partitions(List<ReconciliationReport.PartitionReport> partitions) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("partition", "checksum", "SAP", "store", "missing", "stale", "superfluous", "not comparable"));
        for (var partition : partitions) {
            rows.add(List.of(
                    partition.words(),
                    partition.sameSum() ? "equal" : "differs",
                    text(partition.source().keys()),
                    text(partition.store().keys()),
                    text(partition.missing()),
                    text(partition.stale()),
                    text(partition.superfluous()),
                    text(partition.unconfirmed())));
        }
        return TextTable.lines(rows, 2, rows.getFirst().size());
    }

    private static void examples(List<String> lines, String name, String kind, ReconciliationReport.Found found) {
        if (found.count() > 0) {
            var more = found.count() > found.examples().size() ? " …" : "";
            lines.add("  %s %s: %s%s".formatted(name, kind, String.join(", ", found.examples()), more));
        }
    }

    private static Map<String, @Nullable Object> named(String name) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", name);
        return facts;
    }

    private static void counted(Map<String, @Nullable Object> facts, Counters counters) {
        facts.put("rows", counters.rowsRead());
        facts.put("inserted", counters.inserted());
        facts.put("updated", counters.updated());
        facts.put("unchanged", counters.unchanged());
    }

    private static void moved(Map<String, @Nullable Object> facts, InboundRun run) {
        facts.put("removed", run.removed());
        facts.put("deadLetters", run.deadLetters());
        facts.put("lagMs", run.lagMs());
    }

    private static void failed(Map<String, @Nullable Object> facts, Failure failure) {
        facts.put("result", "failed");
        facts.putAll(problem(failure));
    }

    private static void elsewhere(Map<String, @Nullable Object> facts, String holder) {
        facts.put("result", "running elsewhere");
        facts.put("holder", holder);
    }

    private static void notStarted(Map<String, @Nullable Object> facts, String reason) {
        facts.put("result", "not started");
        facts.put("reason", reason);
    }

    /** A failure as JSON. */
    static Map<String, Object> problem(Failure failure) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("code", failure.code().slug());
        problem.put("title", failure.code().title());
        problem.put("detail", failure.detail());
        problem.put("remedy", failure.code().remedy());
        return problem;
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
