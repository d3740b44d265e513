package io.imaint.app;

import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadResult;
import io.imaint.integration.state.InboundSettings;
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

/** {@code imaint inbound}. */
@Command(
        name = "inbound",
        description = "Moves data from SAP into the store.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InboundCommand.RunCommand.class,
            InboundDeltaCommand.class,
            InboundStopCommand.class,
            InboundVerifyCommand.class,
            InboundHistoryCommand.class,
            InboundDeadLettersCommand.class,
            InboundCrontabCommand.class
        },
        footer = {"", "Example: imaint inbound run work-orders"})
final class InboundCommand {
    /** {@code imaint inbound run}. */
    @Command(
            name = "run",
            description = {
                "Loads all active integrations, or the named ones; one that was interrupted continues.",
                "What stands in the store already is compared and left alone when nothing changed."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint inbound run work-orders operations --json"})
    static final class RunCommand implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "name", description = "integrations to load (default all active ones)")
        private List<String> names = List.of();

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        RunCommand(Terminal terminal) {
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
                    var loads = new InboundLoads(
                            landscape.the(StoreService.MODULE),
                            InboundServices.sap(landscape, settings).identity(),
                            sap,
                            InboundSettings.read(settings))) {
                var progress = new ProgressLine(terminal);
                var results = names.isEmpty() ? loads.runAll(progress, stop) : loads.run(names, progress, stop);
                progress.clear();
                return report(results, loads);
            }
        }

        private int report(List<LoadResult> results, InboundLoads loads) {
            if (json) {
                terminal.json(results.stream().map(RunCommand::facts).toList());
            } else {
                IntegrationReport.print(
                        loads.integrations().stream()
                                .map(integration -> IntegrationReport.of(integration, loads.state(integration.name())))
                                .toList(),
                        terminal);
            }
            return results.stream().allMatch(LoadResult.Loaded.class::isInstance) ? Main.DONE : Main.FAILED;
        }

        private static Map<String, @Nullable Object> facts(LoadResult result) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("name", result.name());
            switch (result) {
                case LoadResult.Loaded loaded -> {
                    facts.put("result", "loaded");
                    facts.put("rows", loaded.counters().rowsRead());
                    facts.put("inserted", loaded.counters().inserted());
                    facts.put("updated", loaded.counters().updated());
                    facts.put("unchanged", loaded.counters().unchanged());
                    facts.put("pages", loaded.counters().pages());
                    facts.put("milliseconds", loaded.took().toMillis());
                }
                case LoadResult.Failed failed -> ResultFacts.failed(facts, failed.failure());
                case LoadResult.Stopped stopped -> ResultFacts.stopped(facts);
                case LoadResult.RunningElsewhere elsewhere -> ResultFacts.runningElsewhere(facts, elsewhere.holder());
                case LoadResult.NotStarted notStarted -> ResultFacts.notStarted(facts, notStarted.reason());
            }
            return facts;
        }
    }
}
