package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.store.Store;
import io.imaint.store.outbox.OutboxBackup;
import java.nio.file.Path;
import java.time.InstantSource;
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
            "Removes all data loaded from SAP, so that the next load starts from nothing.",
            "Removes the documents of the replicated collections, checkpoints, delta tokens, dead letters and the history of",
            "runs. The definitions of the integrations stay, and so do users, roles, groups, settings, forms and the outbox.",
            "--with-users also removes users, roles and groups; the next start brings in those of the seed data.",
            "Lists what it will remove and asks for confirmation. Writes a dump to 'dumps' in the data directory first;",
            "`imaint restore` brings it back. Fails while an integration is running."
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

    @Option(names = "--json", description = "print JSON; needs --yes")
    private boolean json;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "collection",
            description = "collections to keep, with the state of their integrations")
    private List<String> keep = List.of();

    @Option(names = "--dump", paramLabel = "file", description = "the file to write the dump to")
    private @Nullable Path dump;

    @Option(
            names = "--with-users",
            description = "also remove all users, roles and groups; the dump holds none of them")
    private boolean withUsers;

    @Option(names = "--no-dump", description = "do not write a dump")
    private boolean noDump;

    ResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (noDump && dump != null) {
            throw new ParameterException(spec.commandLine(), "Give either --dump or --no-dump, not both.");
        }
        return OpenStore.archive(SettingOptions.read(spec), this::reset);
    }

    private int reset(Archive archive, Store store) {
        var counts = new LinkedHashMap<>(archive.documents());
        for (var name : keep) {
            if (!counts.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--keep: there is no replicated collection '%s'. Choose from %s."
                                .formatted(name, String.join(", ", counts.keySet())));
            }
            counts.remove(name);
        }
        counts.putAll(archive.states());
        var file = noDump ? null : dump == null ? archive.dumpFile() : DumpCommand.inExistingDirectory(dump);
        if (!yes && !agreed(archive, counts, store, file)) {
            terminal.note("Nothing was removed.");
            return Main.WRONG_USE;
        }
        boolean whole = archive.unfinished().isEmpty();
        archive.reset(keep, file);
        if (withUsers) {
            counts.putAll(SeedCommand.seeds(store).remove(Targets.PEOPLE));
        }
        report(counts, whole ? file : null);
        return Main.DONE;
    }

    private boolean agreed(Archive archive, Map<String, Long> counts, Store store, @Nullable Path file) {
        terminal.note("This removes from " + store.description() + ":");
        counts.forEach((collection, count) -> {
            if (count > 0) {
                terminal.note("  %-22s %d".formatted(collection, count));
            }
        });
        if (withUsers) {
            terminal.note("  all users, roles and groups");
        }
        archive.unfinished().ifPresent(open -> terminal.note("It also finishes the interrupted operation: " + open));
        long commands = new OutboxBackup(store, InstantSource.system()).unsettled();
        if (commands > 0) {
            terminal.note("The outbox stays: %d commands are still to be sent to SAP.".formatted(commands));
        }
        terminal.note(
                file == null ? "No dump is written, so this cannot be undone." : "A dump is written first: " + file);
        if (!terminal.interactive()) {
            terminal.note("This is not a terminal: confirm with --yes.");
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
        terminal.note("Load again with `imaint inbound run`, or restore a dump with `imaint restore FILE`.");
    }
}
