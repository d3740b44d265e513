package io.imaint.app;

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
            "Writes everything that was loaded from SAP into a file, with all that the integrations know of it: how far"
                    + " each load is, SAP's delta tokens, the rows that were kept aside. `imaint restore` brings it back.",
            "Refuses while an integration runs. Never overwrites a file; only its owner may read it."
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
            description = "the file to write (default one in 'dumps' in the data directory)")
    private @Nullable Path file;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    DumpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return OpenStore.archive(SettingOptions.read(spec), (archive, store) -> {
            var target = file == null ? archive.dumpFile() : file;
            var header = archive.dump(target);
            if (json) {
                var facts = new LinkedHashMap<String, @Nullable Object>();
                facts.put("file", target.toString());
                facts.put("system", header.system());
                facts.put("documents", header.collections());
                terminal.json(facts);
            } else {
                terminal.line("dumped %d documents of %s into %s"
                        .formatted(
                                header.documents(), header.system() == null ? "no system" : header.system(), target));
            }
            return Main.DONE;
        });
    }
}
