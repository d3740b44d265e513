package io.imaint.app;

import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.store.StoreService;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound delta}. */
@Command(
        name = "delta",
        description = {
            "Fetches what changed in SAP since the last run.",
            "Runs all active integrations, or those named.",
            "Exit code 0 when all are current or another process is running them, so that cron reports only",
            "failures. An integration that was never loaded is skipped, and is a failure only when it was named."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound delta work-orders operations"})
final class InboundDeltaCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "integrations to update (default: all active ones)")
    private List<String> names = List.of();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundDeltaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Shutdown.install(terminal);
        var settings = SettingOptions.read(spec);
        var cancellation = new Cancellation();
        Shutdown.whenRequested(cancellation::request);
        try (var services = CommandServices.started(settings);
                var sap = CommandServices.access(services, settings);
                var deltas = CommandServices.deltas(services, settings, sap)) {
            var store = services.the(StoreService.MODULE);
            var results = deltas.run(names.isEmpty() ? deltas.active() : names, cancellation);
            boolean named = !names.isEmpty();
            var skipped = results.stream()
                    .filter(result -> !named && !cancellation.requested() && result instanceof RunResult.NotStarted)
                    .filter(result ->
                            InboundState.of(store, result.name()).load().loadedAt() == null)
                    .toList();
            var tried =
                    results.stream().filter(result -> !skipped.contains(result)).toList();
            if (json) {
                terminal.json(results.stream().map(InboundReports::facts).toList());
            } else {
                report(tried, skipped);
            }
            return tried.stream().allMatch(InboundDeltaCommand::fine) ? Main.DONE : Main.FAILED;
        }
    }

    private void report(List<RunResult> tried, List<RunResult> skipped) {
        tried.forEach(result -> terminal.line(result.name() + ": " + result.line()));
        if (!skipped.isEmpty()) {
            terminal.line("skipped %d that are not loaded: %s; load them with `imaint inbound run`"
                    .formatted(
                            skipped.size(),
                            skipped.stream().map(RunResult::name).collect(Collectors.joining(", "))));
        }
    }

    private static boolean fine(RunResult result) {
        return switch (result) {
            case RunResult.Reconciled compared -> compared.report().same();
            case RunResult.Done done -> true;
            case RunResult.RunningElsewhere elsewhere -> true;
            case RunResult.Postponed postponed -> false;
            case RunResult.Failed failed -> false;
        };
    }
}
