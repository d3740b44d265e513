package io.imaint.app;

import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.services.seed.SeedConflict;
import io.imaint.services.seed.SeedDecision;
import io.imaint.services.seed.SeedFinding;
import io.imaint.services.seed.SeedReport;
import io.imaint.services.seed.SeedSettings;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint seed}. */
@Command(
        name = "seed",
        description = {
            "Brings seed data into the store: roles, forms, dashboards, texts, settings.",
            "What was changed here stays, what is new in the seed data arrives, and where both changed the same value",
            "a conflict is listed and the value here stays. Run again, it changes nothing; interrupted, run it again."
        },
        mixinStandardHelpOptions = true,
        subcommands = {SeedCommand.Export.class, SeedCommand.Conflicts.class, SeedCommand.Resolve.class},
        footer = {
            "",
            "Examples:",
            "  imaint seed --dry-run",
            "  imaint seed --from ./seed --check",
            "  imaint seed --from s3://resources/seed --seed-s3-endpoint https://s3.example.com"
        })
final class SeedCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--from",
            paramLabel = "source",
            description = "a directory, a zip file or s3://BUCKET/PREFIX (default: the setting seed-from)")
    private @Nullable String from;

    @Option(names = "--check", description = "only check the seed data and what it refers to")
    private boolean check;

    @Option(names = "--dry-run", description = "only show what would change")
    private boolean dryRun;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    SeedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static Seeds seeds(Store store) {
        return new Seeds(store, Targets.SEEDED, Targets.REFERRERS, InstantSource.system());
    }

    /** What is wrong with a source by itself. */
    static List<SeedFinding> findings(SeedSource source) {
        return Seeds.findings(source, Targets.SEEDED);
    }

    @Override
    public Integer call() {
        if (check && dryRun) {
            throw new ParameterException(spec.commandLine(), "Give either --check or --dry-run, not both.");
        }
        var settings = SettingOptions.read(spec);
        try (var store = OpenStore.verified(settings)) {
            var seeds = seeds(store);
            var source = source(settings);
            if (check) {
                return check(seeds, source);
            }
            var report = dryRun ? seeds.plan(source) : seeds.seed(source);
            if (json) {
                terminal.json(report);
            } else {
                print(report);
            }
        }
        return Main.DONE;
    }

    private SeedSource source(Settings settings) {
        var read = SeedSettings.read(settings);
        return from == null ? read.source() : SeedSource.at(from, read);
    }

    private int check(Seeds seeds, SeedSource source) {
        var findings = seeds.findings(source);
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("source", source.toString());
            facts.put("valid", findings.isEmpty());
            facts.put("findings", findings);
            terminal.json(facts);
        } else if (findings.isEmpty()) {
            terminal.line("valid: " + source);
        } else {
            findings.forEach(finding -> terminal.line(JsonAsText.harmless(finding.line())));
            terminal.note("%d mistakes in %s".formatted(findings.size(), source));
        }
        return findings.isEmpty() ? Main.DONE : Main.FAILED;
    }

    private void print(SeedReport report) {
        if (dryRun) {
            report.steps().forEach(this::print);
        }
        report.conflicts().forEach(conflict -> print(terminal, conflict));
        report.removedHere()
                .forEach(document -> terminal.line(
                        JsonAsText.harmless("stays removed: " + document + ", which the seed data changes")));
        terminal.line((dryRun ? "would seed: " : "") + report.summary());
        if (dryRun) {
            terminal.note("Nothing was written.");
        } else if (!report.conflicts().isEmpty()) {
            terminal.note("Decide conflicts with `imaint seed resolve ID mine`, `theirs` or `--value FILE`.");
        }
    }

    private void print(SeedReport.Step step) {
        if (step.action().equals("note")) {
            return;
        }
        terminal.line(JsonAsText.harmless("%s %s %s".formatted(step.action(), step.collection(), step.document())));
        for (var change : step.changes()) {
            terminal.line(JsonAsText.harmless("  " + change.path()));
            terminal.line(JsonAsText.harmless("    - " + shown(change.before())));
            terminal.line(JsonAsText.harmless("    + " + shown(change.after())));
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "(absent)" : Terminal.oneLine(value);
    }

    static void print(Terminal terminal, SeedConflict conflict) {
        terminal.line(JsonAsText.harmless("conflict %s  %s %s %s"
                .formatted(conflict.id(), conflict.collection(), conflict.document(), conflict.path())
                .stripTrailing()));
        terminal.line(JsonAsText.harmless("  " + conflict.reason()));
        terminal.line(JsonAsText.harmless("  before " + shown(conflict.base())));
        terminal.line(JsonAsText.harmless("  mine   " + shown(conflict.mine())));
        terminal.line(JsonAsText.harmless("  theirs " + shown(conflict.theirs())));
    }

    /** Says in one line what the start of the services brought in. */
    static void announce(RunningServices services, Terminal terminal) {
        if (!services.runs(Targets.SEED)) {
            return;
        }
        var seeding = services.the(Targets.SEED);
        seeding.report()
                .ifPresent(report -> terminal.note(
                        report.summary() + (report.conflicts().isEmpty() ? "" : "; see `imaint seed conflicts`")));
        seeding.failure()
                .ifPresent(failure ->
                        terminal.note("Seed data was not brought in; see `imaint seed --dry-run`. " + failure.line()));
    }

    /** {@code imaint seed export}. */
    @Command(
            name = "export",
            description = {
                "Writes the configuration as it is now to files that `imaint seed --from` reads.",
                "Users are written as invitations: no file holds a credential."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint seed export ./seed"})
    static final class Export implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "directory", description = "where to write; files of the same names are replaced")
        private Path directory = Path.of("");

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Export(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                var counts = seeds(store).export(directory);
                if (json) {
                    terminal.json(counts);
                } else {
                    terminal.line("exported %d documents of %d collections to %s"
                            .formatted(
                                    counts.values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum(),
                                    counts.size(),
                                    directory));
                }
            }
            return Main.DONE;
        }
    }

    /** {@code imaint seed conflicts}. */
    @Command(
            name = "conflicts",
            description = "Lists the values that were changed both here and in seed data, and that nobody has decided.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint seed conflicts --json"})
    static final class Conflicts implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Conflicts(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                var open = seeds(store).conflicts().stream()
                        .map(SeedConflict::shown)
                        .toList();
                if (json) {
                    terminal.json(open);
                } else if (open.isEmpty()) {
                    terminal.line("No conflicts.");
                } else {
                    open.forEach(conflict -> print(terminal, conflict));
                }
            }
            return Main.DONE;
        }
    }

    /** {@code imaint seed resolve}. */
    @Command(
            name = "resolve",
            description = {
                "Decides a conflict.",
                "mine keeps the value here, theirs takes the one of the seed data, --value takes another."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  imaint seed resolve 3f2a90c1b7de theirs",
                "  imaint seed resolve 3f2a90c1b7de --value edited.json"
            })
    static final class Resolve implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "id", description = "the conflict, from `imaint seed conflicts`")
        private String id = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "side", description = "mine or theirs")
        private String side = "";

        @Option(names = "--value", paramLabel = "file", description = "a file with the JSON that comes to the place")
        private @Nullable Path value;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Resolve(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var decision = decision();
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                var resolved = seeds(store).resolve(id, decision).shown();
                if (json) {
                    terminal.json(resolved);
                } else {
                    terminal.line("resolved %s with %s: %s %s %s"
                            .formatted(
                                    id, resolved.state(), resolved.collection(), resolved.document(), resolved.path())
                            .stripTrailing());
                }
            }
            return Main.DONE;
        }

        private SeedDecision decision() {
            if (side.isEmpty() == (value == null)) {
                throw new ParameterException(spec.commandLine(), "Say mine or theirs, or name a file with --value.");
            }
            return value != null
                    ? SeedDecision.value(value)
                    : switch (side) {
                        case "mine" -> new SeedDecision.Mine();
                        case "theirs" -> new SeedDecision.Theirs();
                        default ->
                            throw new ParameterException(
                                    spec.commandLine(), "Say mine or theirs, not '%s'.".formatted(side));
                    };
        }
    }
}
