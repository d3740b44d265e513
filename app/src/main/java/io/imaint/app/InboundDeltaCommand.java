package io.imaint.app;

import io.imaint.integration.delta.DeltaResult;
import io.imaint.integration.state.InboundStates;
import io.imaint.kernel.telemetry.Logs;
import io.imaint.store.StoreService;
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

/** {@code imaint inbound delta}. */
@Command(
        name = "delta",
        description = {
            "Fetches what changed in SAP since the last time, for all active integrations or the named ones.",
            "Ends with 0 when all are current or another process is at them, so that crontab reports only failures. One that",
            "was never loaded is passed over, in one line, and is a failure only when it was named."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound delta work-orders operations"})
final class InboundDeltaCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "integrations to bring current (default all active ones)")
    private List<String> names = List.of();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    InboundDeltaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.WARNING, terminal.err());
        var settings = SettingOptions.read(spec);
        var stop = new io.imaint.integration.state.Stop();
        Stop.whenAsked(stop::request);
        try (var landscape = InboundServices.started(settings);
                var sap = InboundServices.access(landscape, settings);
                var deltas = InboundServices.deltas(landscape, settings, sap)) {
            var states = landscape.the(StoreService.MODULE).documents(InboundStates.TYPE);
            var results = deltas.run(names.isEmpty() ? deltas.active() : names, stop);
            boolean named = !names.isEmpty();
            var passedOver = results.stream()
                    .filter(result -> !named && !stop.requested() && result instanceof DeltaResult.NotStarted)
                    .filter(result ->
                            InboundStates.of(states, result.name()).load().loadedAt() == null)
                    .toList();
            var tried = results.stream()
                    .filter(result -> !passedOver.contains(result))
                    .toList();
            report(json ? results : tried, terminal, json);
            if (!passedOver.isEmpty() && !json) {
                terminal.line("passed over %d that are not loaded: %s; load them with `imaint inbound run`"
                        .formatted(
                                passedOver.size(),
                                String.join(
                                        ", ",
                                        passedOver.stream()
                                                .map(DeltaResult::name)
                                                .toList())));
            }
            return tried.stream().allMatch(InboundDeltaCommand::fine) ? Main.DONE : Main.FAILED;
        }
    }

    private static boolean fine(DeltaResult result) {
        return switch (result) {
            case DeltaResult.Current current -> true;
            case DeltaResult.RunningElsewhere elsewhere -> true;
            case DeltaResult.Compared compared -> compared.report().same();
            case DeltaResult.Failed failed -> false;
            case DeltaResult.Stopped stopped -> false;
            case DeltaResult.NotStarted notStarted -> false;
        };
    }

    /** One line for each integration, or one JSON list. */
    static void report(List<DeltaResult> results, Terminal terminal, boolean json) {
        if (json) {
            terminal.json(results.stream().map(InboundDeltaCommand::facts).toList());
        } else {
            results.forEach(result -> terminal.line(result.name() + ": " + result.line()));
        }
    }

    private static Map<String, @Nullable Object> facts(DeltaResult result) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", result.name());
        switch (result) {
            case DeltaResult.Current current -> {
                var run = current.run();
                facts.put("result", "current");
                facts.put("way", current.way().words());
                facts.put("rows", run.counters().rowsRead());
                facts.put("inserted", run.counters().inserted());
                facts.put("updated", run.counters().updated());
                facts.put("unchanged", run.counters().unchanged());
                facts.put("removed", run.removed());
                facts.put("keptAside", run.deadLetters());
                facts.put("lagMs", run.lagMs());
                facts.put("note", current.note());
            }
            case DeltaResult.Compared compared -> facts.putAll(InboundVerifyCommand.facts(compared.report()));
            case DeltaResult.Failed failed -> ResultFacts.failed(facts, failed.failure());
            case DeltaResult.Stopped stopped -> ResultFacts.stopped(facts);
            case DeltaResult.RunningElsewhere elsewhere -> ResultFacts.runningElsewhere(facts, elsewhere.holder());
            case DeltaResult.NotStarted notStarted -> ResultFacts.notStarted(facts, notStarted.reason());
        }
        return facts;
    }
}
