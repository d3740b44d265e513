package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.integration.archive.ArchiveProblem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint integrations switch}. */
@Command(
        name = "switch",
        description = {
            "Switches the store to the SAP system that the settings name.",
            "Parks the data and delta tokens of the loaded system in 'parked' in the data directory, and restores what was",
            "parked of the new one. Users, roles, groups and settings stay. If nothing was parked, the store is empty until the first load.",
            "Asks for confirmation, unless --yes or --system confirms it. Fails while an integration is running.",
            "If it is interrupted, run it again to finish; nothing is loaded until then."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint integrations switch --yes",
            "  imaint integrations switch --system sap-qa.example.com --sap-url https://sap-qa.example.com:44300 ...",
            "  imaint integrations switch --list"
        })
final class SwitchCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--system",
            paramLabel = "system",
            description =
                    "the host of the system to switch to, with or without its port, or its name from --list; fails"
                            + " when the settings name another one")
    private @Nullable String system;

    @Option(names = "--list", description = "only list what is loaded and what is parked")
    private boolean list;

    @Option(
            names = "--discard-outbox",
            description =
                    "discard the commands that the loaded system has not carried out; without it the switch fails when"
                            + " there are any")
    private boolean discardOutbox;

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    SwitchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = SettingOptions.read(spec);
        return OpenStore.archive(settings, (archive, _) -> list ? list(archive, settings) : change(archive, settings));
    }

    private int change(Archive archive, Settings settings) {
        var named = SapSystems.identity(settings);
        if (system != null && !names(system, named)) {
            throw ArchiveProblem.SYSTEM_NOT_NAMED.because(
                    "--system is '%s', the settings name '%s'".formatted(system, named));
        }
        boolean confirmed = yes || system != null || named.equals(archive.system());
        if (!confirmed && !agreed(archive.system(), named)) {
            terminal.note("Nothing was changed.");
            return Main.WRONG_USE;
        }
        var done = discardOutbox
                ? archive.switchDiscarding(named, Caller.system("command-line"))
                : archive.switchTo(named);
        if (discardOutbox) {
            terminal.note("discarded commands: " + done.discarded());
        }
        var parked = done.parked();
        var loaded = done.loaded();
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("system", named);
            facts.put("parked", parked == null ? null : facts(parked));
            facts.put("restored", loaded == null ? null : facts(loaded));
            terminal.json(facts);
            return Main.DONE;
        }
        if (parked != null) {
            terminal.line("parked %s: %d documents in %s"
                    .formatted(parked.header().system(), parked.header().documents(), parked.file()));
        }
        if (loaded != null) {
            terminal.line("restored %s: %d documents as of %s"
                    .formatted(
                            named, loaded.header().documents(), loaded.header().created()));
        } else if (named.equals(archive.system())) {
            terminal.line("already loaded: " + named);
        } else {
            terminal.line("nothing is loaded; the next `imaint up` or `imaint inbound run` loads " + named);
        }
        return Main.DONE;
    }

    private boolean agreed(@Nullable String loaded, String named) {
        terminal.note("This parks %s and switches to %s.".formatted(loaded == null ? "nothing" : loaded, named));
        if (!terminal.interactive()) {
            terminal.note("This is not a terminal: confirm with --yes.");
            return false;
        }
        return "yes".equalsIgnoreCase(terminal.ask("Type yes to switch: "));
    }

    /** Whether a person means an identity, which begins with host and port; the simulator's is a word. */
    private static boolean names(String given, String identity) {
        return identity.equalsIgnoreCase(given)
                || identity.split("[:/ ,]", 2)[0].equalsIgnoreCase(given)
                || identity.split("[/ ,]", 2)[0].equalsIgnoreCase(given);
    }

    private int list(Archive archive, Settings settings) {
        var parked = archive.parked();
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("loaded", archive.system());
            facts.put("named", SapSystems.identity(settings));
            facts.put("unfinished", archive.unfinished().orElse(null));
            facts.put("parked", parked.stream().map(SwitchCommand::facts).toList());
            terminal.json(facts);
            return Main.DONE;
        }
        terminal.line("loaded   " + (archive.system() == null ? "nothing" : archive.system()));
        terminal.line("settings " + SapSystems.identity(settings));
        lines(parked).forEach(terminal::line);
        archive.unfinished().ifPresent(open -> terminal.line("interrupted: " + open));
        return Main.DONE;
    }

    private static List<String> lines(List<Archive.Parked> parked) {
        return parked.stream()
                .map(one -> "parked   %s, %d documents as of %s"
                        .formatted(
                                one.header().system(),
                                one.header().documents(),
                                one.header().created()))
                .toList();
    }

    private static Map<String, @Nullable Object> facts(Archive.Parked parked) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("system", parked.header().system());
        facts.put("documents", parked.header().documents());
        facts.put("created", parked.header().created().toString());
        facts.put("file", parked.file().toString());
        return facts;
    }
}
