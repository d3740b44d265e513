package io.imaint.app;

import io.imaint.integration.management.Definitions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(arity = "1..*", paramLabel = "name", description = "the integrations to resume")
    private List<String> names = List.of();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    IntegrationResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store);
            names.forEach(definitions::one); // A misspelt name leaves the others as they are.
            var changed = names.stream().map(definitions::resume).toList();
            if (json) {
                terminal.json(changed.stream().map(ScheduleWords::facts).toList());
            } else {
                changed.forEach(defined -> terminal.line(ScheduleWords.line(defined)));
            }
        }
        return Main.DONE;
    }
}
