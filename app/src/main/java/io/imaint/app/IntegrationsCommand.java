package io.imaint.app;

import io.imaint.integration.inbound.IntegrationView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint integrations}. */
@Command(
        name = "integrations",
        description = {
            "Lists the integrations with their status, rows and errors.",
            "Status: 0 not active, 1 active, 3 running, 4 failed."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            IntegrationShowCommand.class,
            IntegrationEditCommand.class,
            ScheduleCommands.Pause.class,
            ScheduleCommands.Resume.class,
            ScheduleCommands.Set.class,
            DiscoverCommand.class,
            SwitchCommand.class
        },
        footer = {"", "Example: imaint integrations --json"})
final class IntegrationsCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    IntegrationsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var integrations = IntegrationView.all(store);
            if (json) {
                terminal.json(integrations);
            } else if (integrations.isEmpty()) {
                terminal.line("No integrations yet. `imaint up` or `imaint inbound run` creates them.");
            } else {
                IntegrationTable.print(integrations, terminal);
            }
        }
        return Main.DONE;
    }
}
