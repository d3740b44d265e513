package io.imaint.app;

import io.imaint.integration.delta.DeltaResult;
import io.imaint.integration.delta.DeltaVerification;
import io.imaint.integration.delta.ReconciliationReport;
import io.imaint.kernel.telemetry.Logs;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound verify}. */
@Command(
        name = "verify",
        description = {
            "Compares SAP with the store, key by key, after the changes have been fetched.",
            "Of all active integrations or the named ones, counted by each of the ranges in which the last load read.",
            "Ends with 1 when there are differences that were not repaired."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound verify work-orders --repair"})
final class InboundVerifyCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "integrations to compare (default all active ones)")
    private List<String> names = List.of();

    @Option(names = "--repair", description = "put right what differs")
    private boolean repair;

    @Option(names = "--contents", description = "compare all mapped values, not the change stamps alone; slower")
    private boolean contents;

    @Option(
            names = "--max-removals",
            paramLabel = "N",
            description = "documents that may be removed (default what the setting inbound-removals-percent allows)")
    private @Nullable Long maxRemovals;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    InboundVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.WARNING, terminal.err());
        var settings = SettingOptions.read(spec);
        var stop = new io.imaint.integration.state.Stop();
        Stop.whenAsked(stop::request);
        var how = new DeltaVerification(repair, contents, maxRemovals == null ? -1 : maxRemovals);
        try (var landscape = InboundServices.started(settings);
                var sap = InboundServices.access(landscape, settings);
                var deltas = InboundServices.deltas(landscape, settings, sap)) {
            var results = deltas.verify(names.isEmpty() ? deltas.active() : names, how, stop);
            if (json) {
                InboundDeltaCommand.report(results, terminal, true);
            } else {
                results.forEach(this::tell);
            }
            return results.stream().allMatch(InboundVerifyCommand::same) ? Main.DONE : Main.FAILED;
        }
    }

    private static boolean same(DeltaResult result) {
        return result instanceof DeltaResult.Compared compared
                && compared.report().same();
    }

    private void tell(DeltaResult result) {
        terminal.line(result.name() + ": " + result.line());
        if (result instanceof DeltaResult.Compared compared) {
            var report = compared.report();
            PartitionTable.lines(report.partitions()).forEach(terminal::line);
            examples(result.name(), "missing", report.missing());
            examples(result.name(), "stale", report.stale());
            examples(result.name(), "superfluous", report.superfluous());
            examples(result.name(), "not comparable", report.unconfirmed());
        }
    }

    private void examples(String name, String kind, ReconciliationReport.Found found) {
        if (found.count() > 0) {
            var more = found.count() > found.examples().size() ? " …" : "";
            terminal.line("  %s %s: %s%s".formatted(name, kind, String.join(", ", found.examples()), more));
        }
    }

    static Map<String, @Nullable Object> facts(ReconciliationReport report) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("result", report.same() ? "same" : "different");
        facts.put("sourceRows", report.sourceRows());
        facts.put("storeDocuments", report.storeDocuments());
        facts.put("sourceSum", report.sourceSum());
        facts.put("storeSum", report.storeSum());
        facts.put("missing", found(report.missing()));
        facts.put("stale", found(report.stale()));
        facts.put("superfluous", found(report.superfluous()));
        facts.put("unconfirmed", found(report.unconfirmed()));
        facts.put(
                "partitions",
                report.partitions().stream().map(PartitionTable::facts).toList());
        facts.put("repaired", report.repaired());
        return facts;
    }

    private static Map<String, Object> found(ReconciliationReport.Found found) {
        return Map.of("count", found.count(), "examples", found.examples());
    }
}
