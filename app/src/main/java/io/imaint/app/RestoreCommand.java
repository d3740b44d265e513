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

/** {@code imaint restore}. */
@Command(
        name = "restore",
        description = {
            "Restores a dump.",
            "The integrations continue from the state in the dump. Users, roles, groups, settings and forms become those of",
            "the dump, if it holds them. The whole file is checked first, so a damaged file changes",
            "nothing. Fails while an integration is running, and when the collections have documents. If it is interrupted,",
            "run it again to finish; nothing is loaded until then. Commands of the outbox are added where they are missing, and",
            "SAP is asked whether it has them before they are sent."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint restore /backup/plant.dump"})
final class RestoreCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "file", description = "the dump")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "remove the loaded data first")
    private boolean replace;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return OpenStore.archive(SettingOptions.read(spec), (archive, store) -> {
            var header = archive.restore(file, replace);
            if (json) {
                var facts = new LinkedHashMap<String, @Nullable Object>();
                facts.put("system", header.system());
                facts.put("created", header.created().toString());
                facts.put("documents", header.collections());
                terminal.json(facts);
                return Main.DONE;
            }
            header.collections().forEach((collection, count) -> {
                if (count > 0) {
                    terminal.line("restored %s: %d".formatted(collection, count));
                }
            });
            terminal.line("loaded: %s as of %s"
                    .formatted(header.system() == null ? "nothing" : header.system(), header.created()));
            return Main.DONE;
        });
    }
}
