package io.imaint.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint outbox show}. */
@Command(
        name = "show",
        description = {"Shows a command to SAP: what was asked, SAP's answer, each attempt and what people did."},
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint outbox show 0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b"})
final class OutboxShowCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Parameters(paramLabel = "ID", description = "the id of the item")
    private String id = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    OutboxShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var running = program.program(SettingOptions.read(spec))) {
            var item = running.get(OutboxCommand.place(id));
            if (json) {
                terminal.json(item);
            } else {
                new JsonAsText(terminal).print(item);
            }
        }
        return Main.DONE;
    }
}
