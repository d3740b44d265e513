package io.imaint.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint users export}. */
@Command(
        name = "export",
        description = "Writes all users to a new CSV file, without any credential.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint users export users.csv"})
final class UsersExportCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "file", description = "the file to write; it must not exist")
    private Path file = Path.of("");

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    UsersExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return UsersCommand.with(spec, users -> {
            write(users.file().written());
            if (json) {
                terminal.json(Map.of("file", file.toString()));
            } else {
                terminal.line("exported to " + file);
            }
            return Main.DONE;
        });
    }

    private void write(byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException unwritable) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot write %s: %s".formatted(file, DataDirectory.reason(unwritable)),
                    unwritable);
        }
    }
}
