package io.imaint.app;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound dead-letters}. */
@Command(
        name = "dead-letters",
        description = {
            "Lists the dead letters: rows of SAP that could not be loaded.",
            "Shows, for all integrations or one, which row, what is wrong with it, and how often it was read.",
            "A dead letter is deleted when its row can be loaded."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound dead-letters work-orders --limit 100 --json"})
final class InboundDeadLettersCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "name", description = "the integration (default: all)")
    private @Nullable String name;

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundDeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int most = limit.most();
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var letters = letters(store, most);
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

    private List<DeadLetter> letters(Store store, int most) {
        var definitions = new Definitions(store);
        var names = name == null
                ? definitions.all().stream()
                        .map(defined -> defined.integration().name())
                        .toList()
                : List.of(definitions.one(name).integration().name());
        var kept = new DeadLetters(store);
        List<DeadLetter> newest = List.of();
        for (var each : names) {
            var both = new ArrayList<>(newest);
            both.addAll(kept.newest(each, most, null).values());
            newest = both.stream()
                    .sorted(Comparator.comparing(DeadLetter::lastSeenAt).reversed())
                    .limit(most)
                    .toList();
        }
        return newest;
    }

    private void print(DeadLetter letter) {
        terminal.line(JsonAsText.harmless("%s  %s  %s, read %d times, %s"
                .formatted(letter.lastSeenAt(), letter.integration(), letter.line(), letter.times(), letter.code())));
    }
}
