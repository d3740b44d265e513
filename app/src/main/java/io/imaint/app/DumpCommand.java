package io.imaint.app;

import io.imaint.integration.archive.ArchiveProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint dump}. */
@Command(
        name = "dump",
        description = {
            "Writes all data loaded from SAP to a file, which `imaint restore` reads.",
            "The file includes the state of the integrations: checkpoints, delta tokens and dead letters;",
            "users, roles, groups, settings and forms; and the commands to SAP that are not settled.",
            "Fails while an integration is running. Never overwrites a file. Only the owner can read the file."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint dump /backup/plant.dump"})
final class DumpCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "file",
            description = "the file to write (default: a new one in 'dumps' in the data directory)")
    private @Nullable Path file;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    DumpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return OpenStore.archive(SettingOptions.read(spec), (archive, store) -> {
            var target = file == null ? archive.dumpFile() : inExistingDirectory(file);
            var header = archive.dump(target);
            if (json) {
                var facts = new LinkedHashMap<String, @Nullable Object>();
                facts.put("file", target.toString());
                facts.put("system", header.system());
                facts.put("documents", header.collections());
                terminal.json(facts);
            } else {
                terminal.line("dumped %d documents of %s to %s"
                        .formatted(
                                header.documents(), header.system() == null ? "no system" : header.system(), target));
            }
            return Main.DONE;
        });
    }

    /** A file whose directory exists; a mistyped path must not create directories. */
    static Path inExistingDirectory(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw ArchiveProblem.DUMP_UNWRITABLE.because("there is no directory " + parent);
        }
        return file;
    }
}
