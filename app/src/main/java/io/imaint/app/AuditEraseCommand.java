package io.imaint.app;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.audit.AuditErasing;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint audit erase}. */
@Command(
        name = "erase",
        description = {
            "Erases what the audit trail knows of a user.",
            "Names, addresses and changed values go; the entries and the user's id stay, so the trail still verifies.",
            "The erasure itself is entered in the trail."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint audit erase --user 0190f3c2 --yes"})
final class AuditEraseCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--user", required = true, paramLabel = "ID", description = "the user's id")
    private String user = "";

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--json", description = "answer as JSON; needs --yes")
    private boolean json;

    AuditEraseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var erasing = new AuditErasing(store, InstantSource.system());
            if (!yes && !agreed(erasing.count(user))) {
                terminal.note("Nothing was erased.");
                return Main.WRONG_USE;
            }
            report(erasing.erase(user, Caller.system("command-line")).entries());
        }
        return Main.DONE;
    }

    private boolean agreed(long entries) {
        terminal.note("This erases names and values from %s and cannot be undone.".formatted(words(entries)));
        if (!terminal.interactive()) {
            terminal.note("This is not a terminal: confirm with --yes.");
            return false;
        }
        return "yes".equalsIgnoreCase(terminal.ask("Type yes to erase them: "));
    }

    private void report(long entries) {
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("user", user);
            facts.put("entries", entries);
            terminal.json(facts);
            return;
        }
        terminal.line(JsonAsText.harmless("%s: names and values of %s were erased".formatted(user, words(entries))));
        terminal.note(
                "The log of facts holds them for up to seven days more, and backups for as long as you keep them.");
    }

    private static String words(long entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }
}
