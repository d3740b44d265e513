package io.imaint.app;

import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings as options: every key that a service reads is an option of every command that uses settings, so that the
 * file, the environment and the command line have the same names.
 */
final class SettingOptions {
    private static final String FILE = "settings.properties";

    /** A command that uses settings. */
    interface User {
        /** The prefix of the keys that the command uses; its options may omit it. */
        default String prefix() {
            return "";
        }

        /** Whether the command's help shows them; elsewhere they would hide its own options. */
        default boolean showsSettings() {
            return !prefix().isEmpty();
        }

        /** Whether the command logs to standard error, as a service does, and not to the log file. */
        default boolean logsToStandardError() {
            return false;
        }
    }

    private SettingOptions() {}

    static void addTo(CommandLine line) {
        var keys = Targets.knownSettings();
        line.getSubcommands().values().forEach(sub -> {
            if (sub.getCommand() instanceof User user) {
                addTo(sub.getCommandSpec(), keys, user);
            }
            addTo(sub);
        });
    }

    private static void addTo(CommandSpec command, List<Settings.Known> keys, User user) {
        var prefix = user.prefix();
        add(command, keys.stream().filter(key -> key.key().startsWith(prefix)).toList(), prefix, user.showsSettings());
        if (!user.showsSettings()) {
            var usage = command.usageMessage();
            var footer = new ArrayList<>(List.of(usage.footer()));
            footer.add("Every setting is also an option; `imaint settings` lists them.");
            usage.footer(footer.toArray(String[]::new));
        }
    }

    /**
     * Makes some keys options of a command.
     *
     * @param prefix that their names may omit
     */
    static void add(CommandSpec command, List<Settings.Known> keys, String prefix) {
        add(command, keys, prefix, true);
    }

    private static void add(CommandSpec command, List<Settings.Known> keys, String prefix, boolean shown) {
        for (var key : keys) {
            command.addOption(OptionSpec.builder(names(key.key(), prefix))
                    .paramLabel(key.range())
                    .type(String.class)
                    .hidden(!shown)
                    .description(key.description()
                            + (key.defaultValue().isEmpty()
                                    ? ""
                                    : " (default " + key.defaultValue().replace("%", "%%") + ")"))
                    .build());
        }
    }

    private static String[] names(String key, String prefix) {
        return prefix.isEmpty() || !key.startsWith(prefix)
                ? new String[] {"--" + key}
                : new String[] {"--" + key, "--" + key.substring(prefix.length())};
    }

    /** The settings from the command line, the environment and the file in the data directory. */
    static Settings read(CommandSpec command) {
        var given = new LinkedHashMap<String, String>();
        for (var key : Targets.knownSettings()) {
            var option = command.findOption("--" + key.key());
            if (option != null && option.getValue() instanceof String value) {
                given.put(key.key(), value);
            }
        }
        var environment = new HashMap<>(System.getenv());
        return Settings.of(() -> file(home(given, environment)), environment, given);
    }

    private static Path home(Map<String, String> given, Map<String, String> environment) {
        return Settings.of(Map.of(), environment, given)
                .path("home", Path.of(System.getProperty("user.home"), ".imaint"), "the data directory");
    }

    /** The file by its logical lines, each of which may go on over several lines that end with a backslash. */
    private static Map<String, Settings.FileEntry> file(Path home) {
        var file = home.resolve(FILE);
        var values = new HashMap<String, Settings.FileEntry>();
        if (!Files.exists(file)) {
            return values;
        }
        var logical = new StringBuilder();
        int number = 0;
        int first = 1;
        try {
            for (var line : Files.readAllLines(file)) {
                number++;
                first = logical.isEmpty() ? number : first;
                logical.append(line).append('\n');
                if (!goesOn(logical.substring(0, logical.length() - 1))) {
                    add(logical.toString(), first, values);
                    logical.setLength(0);
                }
            }
            add(logical.toString(), first, values);
        } catch (IllegalArgumentException malformed) {
            throw AppProblem.SETTINGS_FILE_UNREADABLE.because(
                    "%s, line %d: %s".formatted(file, first, malformed.getMessage()), malformed);
        } catch (MalformedInputException other) {
            throw AppProblem.SETTINGS_FILE_UNREADABLE.because(file + " is not UTF-8", other);
        } catch (IOException unreadable) {
            throw AppProblem.SETTINGS_FILE_UNREADABLE.because(
                    file + ": " + DataDirectory.reason(unreadable), unreadable);
        }
        return values;
    }

    /** An odd number of backslashes at the end; a comment never goes on. */
    private static boolean goesOn(String line) {
        int backslashes = line.length() - line.replaceAll("\\\\+$", "").length();
        return backslashes % 2 == 1
                && !line.stripLeading().startsWith("#")
                && !line.stripLeading().startsWith("!");
    }

    private static void add(String line, int number, Map<String, Settings.FileEntry> values) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(line));
        properties.forEach((key, value) -> values.put(
                (String) key, new Settings.FileEntry((String) value, "line %d of %s".formatted(number, FILE))));
    }
}
