package io.imaint.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint outbox retry}. */
@Command(
        name = "retry",
        description = {
            "Has failed or held commands sent to SAP again.",
            "With --set and --unset one item is sent with other values."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint outbox retry 0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b",
            "  imaint outbox retry 0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b --set priority=1 --unset workCenter"
        })
final class OutboxRetryCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "the ids of items")
    private List<String> ids = List.of();

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description =
                    "another value of a field: a number, true, false or a JSON value as such, anything else as text")
    private Map<String, String> values = Map.of();

    @Option(names = "--unset", paramLabel = "FIELD", description = "a field to send without a value")
    private List<String> removed = List.of();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    OutboxRetryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((field, value) -> changes.put(field, OutboxCommand.value(value)));
        removed.forEach(field -> changes.put(field, null));
        if (!changes.isEmpty() && ids.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--set and --unset change one item; name one ID.");
        }
        return OutboxCommand.step(
                program.program(SettingOptions.read(spec)), ids, "/retry", Map.of("changes", changes), terminal, json);
    }
}
