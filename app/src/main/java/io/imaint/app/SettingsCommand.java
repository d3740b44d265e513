package io.imaint.app;

import io.imaint.kernel.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint settings}. */
@Command(
        name = "settings",
        description = {
            "Lists the settings of the process, with value, source and range.",
            "These are ports, URLs and the like, each with its default too.",
            "The command line overrides the environment, which overrides settings.properties in the data directory.",
            "The commands explain, set and unset concern the settings of the organization, such as rounds.buffer:",
            "they are in the store and have values by plant, role, user and other levels."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            OrganizationSettingsCommands.Explain.class,
            OrganizationSettingsCommands.Assign.class,
            OrganizationSettingsCommands.Unset.class
        },
        footer = {
            "",
            "Examples:",
            "  imaint settings --json",
            "  imaint settings explain rounds.buffer --user otto --plant 1000"
        })
final class SettingsCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    SettingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = Targets.verifiable(SettingOptions.read(spec));
        if (json) {
            terminal.json(settings.known().stream()
                    .map(key -> facts(key, settings.current(key)))
                    .toList());
        } else {
            settings.known().forEach(key -> print(key, settings.current(key)));
        }
        settings.verify(); // After the list, which shows what is wrong.
        return Main.DONE;
    }

    private void print(Settings.Known key, Settings.Current current) {
        terminal.line("%s = %s  (%s)".formatted(key.key(), current.value(), current.source()));
        TextTable.wrapped(
                        "    %s; %s%s; %s"
                                .formatted(
                                        key.description(),
                                        key.range(),
                                        key.defaultValue().isEmpty() ? "" : ", default " + key.defaultValue(),
                                        key.environmentName()),
                        "    ")
                .forEach(terminal::line);
    }

    private static Map<String, String> facts(Settings.Known key, Settings.Current current) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("key", key.key());
        facts.put("value", current.value());
        facts.put("source", current.source());
        facts.put("range", key.range());
        facts.put("default", key.defaultValue());
        facts.put("description", key.description());
        facts.put("environment", key.environmentName());
        return facts;
    }
}
