package io.imaint.app;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.facts.FactDeadLetters;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint facts replay}. */
@Command(
        name = "replay",
        description = {
            "Gives facts to their consumers again.",
            "The running system does it within seconds; what fails once more stays a dead letter."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint facts replay audit:0f4b6c1e-6c0f-4b1e-9a38-3f5d6e1f2a7b",
            "  imaint facts replay --all"
        })
final class FactsReplayCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    /** Some or all. */
    static final class Which {
        @Parameters(arity = "1..*", paramLabel = "ID", description = "ids of dead letters")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "all dead letters")
        private boolean all;
    }

    FactsReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var letters = new FactDeadLetters(store.as(Caller.system("command-line")), InstantSource.system());
            long asked = which.all ? letters.replayAll() : which.ids.size();
            which.ids.forEach(letters::replay);
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("replayed", asked);
                terminal.json(facts);
            } else {
                terminal.line("to be replayed: " + asked);
                terminal.note("The running system does it; `imaint facts dead-letters` lists what fails again.");
            }
        }
        return Main.DONE;
    }
}
