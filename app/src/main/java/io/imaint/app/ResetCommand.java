package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.store.Store;
import java.nio.file.Path;
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

/** {@code imaint reset}. */
@Command(
        name = "reset",
        description = {
            "Removes everything that was loaded from SAP, so that the next load begins from nothing: the documents of the"
                    + " replicated collections, how far each load is, SAP's delta tokens, the rows that were kept aside,"
                    + " the history of runs. The definitions of the integrations stay.",
            "Says first what it will remove, and asks. Refuses while an integration runs. Writes a dump first, into"
                    + " 'dumps' in the data directory, from which `imaint restore` brings everything back."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint reset --yes",
            "  imaint reset --keep Plants,WorkCenters",
            "  imaint reset --dump /backup/before-reset.dump"
        })
final class ResetCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--json", description = "answer as JSON; needs --yes")
    private boolean json;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "collection",
            description = "collections that stay, with what the integrations that fill them know")
    private List<String> keep = List.of();

    @Option(names = "--dump", paramLabel = "file", description = "where to write the dump")
    private @Nullable Path dump;

    @Option(names = "--no-dump", description = "write no dump")
    private boolean noDump;

    ResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (noDump && dump != null) {
            throw new ParameterException(spec.commandLine(), "--dump and --no-dump exclude each other");
        }
        return OpenStore.archive(SettingOptions.read(spec), this::reset);
    }

    private int reset(Archive archive, Store store) {
        var counts = new LinkedHashMap<>(archive.documents());
        for (var name : keep) {
            if (!counts.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--keep: there is no replicated collection '%s', but %s"
                                .formatted(name, String.join(", ", counts.keySet())));
            }
            counts.remove(name);
        }
        counts.putAll(archive.states());
        var file = noDump ? null : dump == null ? archive.dumpFile() : dump;
        if (!yes && !agreed(archive, counts, store.description(), file)) {
            terminal.note("Nothing was removed.");
            return Main.USED_WRONGLY;
        }
        boolean whole = archive.unfinished().isEmpty();
        archive.reset(new Archive.ResetOrder(keep, file));
        report(counts, whole ? file : null);
        return Main.DONE;
    }

    private boolean agreed(Archive archive, Map<String, Long> counts, String store, @Nullable Path file) {
        terminal.note("This removes from " + store + ":");
        counts.forEach((collection, count) -> {
            if (count > 0) {
                terminal.note("  %-22s %d".formatted(collection, count));
            }
        });
        archive.unfinished().ifPresent(open -> terminal.note("It also ends what was interrupted: " + open));
        terminal.note(file == null ? "No dump is written; it cannot be undone." : "A dump is written first: " + file);
        if (!terminal.interactive()) {
            terminal.note("Nobody is here to ask: run it with --yes.");
            return false;
        }
        return "yes".equalsIgnoreCase(terminal.ask("Type yes to remove it: "));
    }

    private void report(Map<String, Long> counts, @Nullable Path file) {
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("removed", counts);
            facts.put("dump", file == null ? null : file.toString());
            terminal.json(facts);
            return;
        }
        counts.forEach((collection, count) -> {
            if (count > 0) {
                terminal.line("removed %s: %d".formatted(collection, count));
            }
        });
        if (file != null) {
            terminal.line("dump " + file);
        }
        terminal.note("Load again with `imaint inbound run`, or bring a dump back with `imaint restore FILE`.");
    }
}
