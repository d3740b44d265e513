package io.imaint.app;

import io.imaint.integration.management.Definitions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private NamedDefinitions named = new NamedDefinitions();

    IntegrationPauseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return named.change(spec, terminal, Definitions::pause);
    }
}
