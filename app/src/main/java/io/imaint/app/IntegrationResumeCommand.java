package io.imaint.app;

import io.imaint.integration.management.Definitions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imaint integrations resume}. */
@Command(
        name = "resume",
        description = {
            "Follows the schedules of integrations again that were paused, at once where one was held because of a",
            "failure. What was missed meanwhile is made up for by one run, or not, as the schedule says."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint integrations resume work-orders operations"})
final class IntegrationResumeCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NamedDefinitions named = new NamedDefinitions();

    IntegrationResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return named.change(spec, terminal, Definitions::resume);
    }
}
