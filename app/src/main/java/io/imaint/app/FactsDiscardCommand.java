package io.imaint.app;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.facts.FactDeadLetters;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint facts discard}. */
@Command(
        name = "discard",
        description = {
            "Removes dead letters; their consumer never gets these facts.",
            "The audit trail keeps who discarded them, and why."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: imaint facts discard alerts:0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b --reason \"the rule is gone\""
        })
final class FactsDiscardCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "ids of dead letters")
    private List<String> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, in a sentence or two")
    private String reason = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    FactsDiscardCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > FactDeadLetters.REASON_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The reason must have 1 to %d characters.".formatted(FactDeadLetters.REASON_MAX));
        }
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var letters = new FactDeadLetters(store.as(Caller.system("command-line")), InstantSource.system());
            ids.forEach(id -> letters.discard(id, reason.strip()));
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("discarded", ids);
                terminal.json(facts);
            } else {
                terminal.line("discarded: " + ids.size());
            }
        }
        return Main.DONE;
    }
}
