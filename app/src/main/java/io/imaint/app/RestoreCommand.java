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
            "Brings back what a dump holds. The integrations then go on from where they were when it was written.",
            "The file is read to its end first: one that was cut off or altered changes nothing. Refuses while an"
                    + " integration runs, and when the collections hold documents. Interrupted, it is finished by running"
                    + " it again; nothing loads until then."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint restore /backup/plant.dump"})
final class RestoreCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "file", description = "the dump")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "remove what is loaded")
    private boolean replace;

    @Option(names = "--json", description = "answer as JSON")
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
            terminal.line("loaded now: %s as of %s"
                    .formatted(header.system() == null ? "nothing" : header.system(), header.created()));
            return Main.DONE;
        });
    }
}
