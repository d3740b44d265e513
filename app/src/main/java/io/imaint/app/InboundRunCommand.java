package io.imaint.app;

import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound run}. */
@Command(
        name = "run",
        description = {
            "Loads all active integrations, or those named. An interrupted load continues.",
            "Rows that did not change are compared and not written."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound run work-orders operations --json"})
final class InboundRunCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "integrations to load (default: all active ones)")
    private List<String> names = List.of();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundRunCommand(Terminal terminal) {
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
                var loads = new InboundLoads(CommandServices.context(services, settings, sap))) {
            var progress = new ProgressLine(terminal);
            var results =
                    names.isEmpty() ? loads.runAll(progress, cancellation) : loads.run(names, progress, cancellation);
            progress.clear();
            if (json) {
                terminal.json(results.stream().map(InboundReports::facts).toList());
            } else {
                report(results, services.the(StoreService.MODULE));
                progress.summary().forEach(terminal::note);
            }
            return results.stream().allMatch(RunResult.Loaded.class::isInstance) ? Main.DONE : Main.FAILED;
        }
    }

    private void report(List<RunResult> results, Store store) {
        var ran = results.stream().map(RunResult::name).collect(Collectors.toSet());
        IntegrationTable.lines(IntegrationView.all(store).stream()
                        .filter(integration -> ran.contains(integration.name()))
                        .toList())
                .forEach(terminal::line);
    }
}
