package io.imaint.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint outbox discard}. */
@Command(
        name = "discard",
        description = {
            "Gives commands up that SAP has not carried out.",
            "The commands that follow them are held, and show the reason."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint outbox discard 0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b --reason \"entered twice\""})
final class OutboxDiscardCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "the ids of items")
    private List<String> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, in a sentence or two")
    private String reason = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    OutboxDiscardCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return OutboxCommand.step(
                program.program(SettingOptions.read(spec)),
                ids,
                "/discard",
                Map.of("reason", reason.strip()),
                terminal,
                json);
    }
}
