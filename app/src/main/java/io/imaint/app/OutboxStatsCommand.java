package io.imaint.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint outbox stats}. */
@Command(
        name = "stats",
        description = {"Counts what is on its way to SAP, by state, and says how old the oldest is."},
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint outbox stats --json"})
final class OutboxStatsCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    OutboxStatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var running = program.program(SettingOptions.read(spec))) {
            var figures = running.get("/api/outbox-figures");
            if (json) {
                terminal.json(figures);
            } else {
                new JsonAsText(terminal).print(figures);
            }
        }
        return Main.DONE;
    }
}
