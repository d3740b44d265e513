package io.imaint.app;

import io.imaint.integration.inbound.Reset;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint reset}. */
@Command(
        name = "reset",
        description = {
            "Removes everything that was loaded from SAP, so that the next load begins from nothing.",
            "Says first what it will remove, and asks. Refuses while something is loading."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint reset --yes"})
final class ResetCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--json", description = "answer as JSON; needs --yes")
    private boolean json;

    ResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var reset = new Reset(store);
            if (!yes && !agreed(reset, store.description())) {
                terminal.note("Nothing was removed.");
                return Main.USED_WRONGLY;
            }
            var removed = reset.run();
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("removed", removed);
                terminal.json(facts);
            } else {
                removed.forEach((collection, count) -> terminal.line("removed %s: %d".formatted(collection, count)));
            }
            return Main.DONE;
        }
    }

    private boolean agreed(Reset reset, String store) {
        terminal.note("This removes from " + store + ":");
        reset.counts().forEach((collection, count) -> terminal.note("  %-22s %d".formatted(collection, count)));
        if (!terminal.interactive()) {
            terminal.note("Nobody is here to ask: run it with --yes.");
            return false;
        }
        return "yes".equalsIgnoreCase(terminal.ask("Type yes to remove it: "));
    }
}
