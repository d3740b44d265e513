package io.imaint.app;

import io.imaint.services.user.UserFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint users import}. */
@Command(
        name = "import",
        description = {
            "Creates and changes users as a CSV file says, and reports every bad line.",
            "The first line names the columns; `imaint users export` writes a file with all of them.",
            "Bad lines are left out and make the command fail."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint users import users.csv --dry-run"})
final class UsersImportCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "file", description = "the file, in UTF-8")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "report what would be done, and write nothing")
    private boolean dryRun;

    @Option(names = "--all-or-nothing", description = "write nothing if one line is bad")
    private boolean allOrNothing;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    UsersImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var bytes = bytes();
        var mode = dryRun
                ? UserFile.Mode.DRY_RUN
                : allOrNothing ? UserFile.Mode.ALL_OR_NOTHING : UserFile.Mode.GOOD_LINES;
        return UsersCommand.with(spec, users -> {
            var report = users.file().read(bytes, mode);
            if (json) {
                terminal.json(report);
            } else {
                print(report);
            }
            return report.bad().isEmpty() ? Main.DONE : Main.FAILED;
        });
    }

    private void print(UserFile.Report report) {
        report.bad()
                .forEach(line -> terminal.note(
                        JsonAsText.harmless("%s:%d: %s".formatted(file, line.line(), line.reason()))));
        terminal.line("%s: %d created, %d changed, %d unchanged, %d bad"
                .formatted(
                        report.written() ? "imported" : "would import",
                        report.created(),
                        report.changed(),
                        report.unchanged(),
                        report.bad().size()));
    }

    private byte[] bytes() {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(UserFile.SIZE_MAX + 1);
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot read %s: %s".formatted(file, DataDirectory.reason(unreadable)),
                    unreadable);
        }
    }
}
