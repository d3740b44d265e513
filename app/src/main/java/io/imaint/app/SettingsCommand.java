package io.imaint.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code imaint settings}. */
@Command(
        name = "settings",
        description = "Lists every setting with its values, its default and its name in the environment.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint settings --json"})
final class SettingsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    SettingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var all = Targets.knownSettings();
        if (json) {
            terminal.json(all);
            return Main.DONE;
        }
        for (var setting : all) {
            terminal.line("%-24s %-34s %s%s"
                    .formatted(
                            setting.key(),
                            setting.environmentName(),
                            setting.purpose(),
                            setting.standard().isEmpty() ? "" : " (default " + setting.standard() + ")"));
        }
        return Main.DONE;
    }
}
