package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.integration.archive.ArchiveProblem;
import io.imaint.integration.archive.Parked;
import io.imaint.kernel.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code imaint integrations switch}. */
@Command(
        name = "switch",
        description = {
            "Switches to the SAP system that the settings name now: parks the data and the delta tokens of the one that is"
                    + " loaded in 'parked' in the data directory, and brings back what was parked of the new one. Where"
                    + " nothing was, the store is left empty for its first load.",
            "Refuses while an integration runs. Interrupted, it is finished by running it again; nothing loads until then."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint integrations switch --system sap-qa.example.com --sap-url https://sap-qa.example.com:44300 ...",
            "  imaint integrations switch --system simulator",
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
                    "the system to switch to: its host, with or without the port, or its whole name as --list shows it; must be the one"
                            + " that the settings name")
    private @Nullable String system;

    @Option(names = "--list", description = "only say what is loaded and what is parked")
    private boolean list;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    SwitchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = SettingOptions.read(spec);
        if (!list && system == null) {
            throw new ParameterException(
                    spec.commandLine(), "name the system to switch to with --system, or use --list");
        }
        return OpenStore.archive(
                settings, (archive, store) -> list ? list(archive, settings) : change(archive, settings));
    }

    private int change(Archive archive, Settings settings) {
        var named = Sap.identity(settings);
        var wanted = system == null ? "" : system;
        if (!named.equals(wanted)
                && !address(named).equalsIgnoreCase(wanted)
                && !host(named).equalsIgnoreCase(wanted)) {
            throw ArchiveProblem.SYSTEM_NOT_NAMED.because(
                    "--system is '%s', the settings name '%s'".formatted(wanted, named));
        }
        var done = archive.switchTo(named);
        var parked = done.parked();
        var loaded = done.loaded();
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("system", named);
            facts.put("parked", parked == null ? null : facts(parked));
            facts.put("broughtBack", loaded == null ? null : facts(loaded));
            terminal.json(facts);
            return Main.DONE;
        }
        if (parked != null) {
            terminal.line("parked %s: %d documents in %s"
                    .formatted(parked.header().system(), parked.header().documents(), parked.file()));
        }
        if (loaded != null) {
            terminal.line("brought back %s: %d documents as of %s"
                    .formatted(
                            named, loaded.header().documents(), loaded.header().created()));
        } else if (named.equals(archive.system())) {
            terminal.line("loaded is " + named);
        } else {
            terminal.line("nothing is loaded; the next `imaint up` or `imaint inbound run` loads " + named);
        }
        return Main.DONE;
    }

    /** A real system's identity begins with its host and port; the simulator's with a word. */
    private static String address(String identity) {
        return identity.split("[/ ,]", 2)[0];
    }

    private static String host(String identity) {
        return identity.split("[:/ ,]", 2)[0];
    }

    private int list(Archive archive, Settings settings) {
        var parked = archive.parked();
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("loaded", archive.system());
            facts.put("named", Sap.identity(settings));
            facts.put("unfinished", archive.unfinished().orElse(null));
            facts.put("parked", parked.stream().map(SwitchCommand::facts).toList());
            terminal.json(facts);
            return Main.DONE;
        }
        terminal.line("loaded   " + (archive.system() == null ? "nothing" : archive.system()));
        terminal.line("settings " + Sap.identity(settings));
        lines(parked).forEach(terminal::line);
        archive.unfinished().ifPresent(open -> terminal.line("interrupted: " + open));
        return Main.DONE;
    }

    private static List<String> lines(List<Parked> parked) {
        return parked.stream()
                .map(one -> "parked   %s, %d documents as of %s"
                        .formatted(
                                one.header().system(),
                                one.header().documents(),
                                one.header().created()))
                .toList();
    }

    private static Map<String, @Nullable Object> facts(Parked parked) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("system", parked.header().system());
        facts.put("documents", parked.header().documents());
        facts.put("created", parked.header().created().toString());
        facts.put("file", parked.file().toString());
        return facts;
    }
}
