package io.imaint.app;

import io.imaint.services.facts.FactDeadLetters;
import io.imaint.services.facts.FactFailure;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint facts dead-letters}. */
@Command(
        name = "dead-letters",
        description = {
            "Lists the dead letters of facts.",
            "A fact becomes one when a consumer, such as the audit trail, has failed at it five times.",
            "A dead letter is deleted when its consumer has taken the fact after all."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint facts dead-letters --limit 100 --json"})
final class FactsDeadLettersCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    FactsDeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int most = limit.most();
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var letters = new FactDeadLetters(store, InstantSource.system())
                    .list(most, null)
                    .items();
            if (json) {
                terminal.json(letters);
            } else if (letters.isEmpty()) {
                terminal.line("No dead letters.");
            } else {
                letters.forEach(this::print);
            }
        }
        return Main.DONE;
    }

    private void print(FactFailure letter) {
        terminal.line(JsonAsText.harmless("%s  %s  %s of %s rev %d%s: %s"
                .formatted(
                        letter.at(),
                        letter.id(),
                        letter.fact(),
                        letter.subject(),
                        letter.rev(),
                        letter.replayAt() == null ? "" : ", to be replayed",
                        letter.reason())));
    }
}
