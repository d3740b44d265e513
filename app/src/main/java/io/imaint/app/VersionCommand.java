package io.imaint.app;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code imaint version}. */
@Command(
        name = "version",
        description = "Prints the version, the Java version and the operating system.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint version --json"})
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("version", version());
        facts.put("java", Runtime.version().toString());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        if (json) {
            terminal.json(facts);
        } else {
            terminal.line("iMaintenance %s (Java %s, %s)"
                    .formatted(facts.get("version"), facts.get("java"), facts.get("system")));
        }
        return Main.DONE;
    }

    /** From the jar's manifest; the build writes it there. */
    static String version() {
        return Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "development");
    }
}
