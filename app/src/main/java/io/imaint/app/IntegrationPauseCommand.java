package io.imaint.app;

import io.imaint.integration.management.Definitions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint integrations pause}. */
@Command(
        name = "pause",
        description = {
            "Stops following the schedules of integrations; a run that goes on goes on, and `imaint inbound` still",
            "runs them. `imaint integrations resume` follows them again."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint integrations pause work-orders operations"})
final class IntegrationPauseCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "name", description = "the integrations to pause")
    private List<String> names = List.of();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    IntegrationPauseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store);
            names.forEach(definitions::one); // A misspelt name leaves the others as they are.
            var changed = names.stream().map(definitions::pause).toList();
            if (json) {
                terminal.json(changed.stream().map(ScheduleWords::facts).toList());
            } else {
                changed.forEach(defined -> terminal.line(ScheduleWords.line(defined)));
            }
        }
        return Main.DONE;
    }
}
