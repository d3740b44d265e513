package io.imaint.app;

import io.imaint.integration.references.ConsistencyReport;
import io.imaint.integration.references.ConsistencyReport.OfCollection;
import io.imaint.integration.references.ConsistencyReport.OfReference;
import io.imaint.integration.references.ConsistencyScan;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint map}. */
@Command(
        name = "map",
        description = {
            "Resolves the references between collections and repairs copied fields.",
            "References lead from orders to equipment, functional locations, plants and so on. The running system updates the",
            "copies seconds after each change; this command checks every document once.",
            "An orphan refers to a document that was not loaded. Orphans are counted, and are resolved when it is loaded."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all copies are current (orphans do not count)",
            "1:with --check, copies are outdated",
            "2:wrong use"
        },
        footer = {"", "Example: imaint map --check"})
final class MapCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--check", description = "check only, write nothing; exit code 1 when copies are outdated")
    private boolean check;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    MapCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = SettingOptions.read(spec);
        try (var store = check ? OpenStore.reading(settings) : OpenStore.verified(settings)) {
            var said = new String[] {""};
            var report = ConsistencyScan.run(store, !check, InstantSource.system(), collection -> {
                if (!json && !collection.equals(said[0]) && terminal.interactive()) {
                    said[0] = collection;
                    terminal.note("scanning " + collection);
                }
            });
            if (json) {
                terminal.json(facts(report));
            } else {
                print(report);
            }
            return check && report.outdated() > 0 ? Main.FAILED : Main.DONE;
        }
    }

    private void print(ConsistencyReport report) {
        terminal.line("checked %d documents with %d references"
                .formatted(
                        report.documents(),
                        report.references().stream().mapToLong(OfReference::set).sum()));
        for (var each : report.collections()) {
            if (each.outdated() > 0) {
                terminal.line("%s: %d outdated, %d repaired, such as %s"
                        .formatted(
                                each.collection(),
                                each.outdated(),
                                each.repaired(),
                                String.join(", ", each.examples())));
            }
        }
        for (var each : report.references()) {
            if (each.orphans() > 0) {
                terminal.line("%s.%s → %s: %d of %d are orphans, such as %s"
                        .formatted(
                                each.collection(),
                                each.reference(),
                                each.to(),
                                each.orphans(),
                                each.set(),
                                String.join(", ", each.examples())));
            }
        }
        terminal.line(conclusion(report));
    }

    private String conclusion(ConsistencyReport report) {
        if (check && report.outdated() > 0) {
            return "%d documents are outdated. The running system updates them within seconds; otherwise run `imaint map`."
                    .formatted(report.outdated());
        }
        return report.orphans() > 0
                ? "All copies are current; %d references lead to documents that are not loaded."
                        .formatted(report.orphans())
                : "All copies are current.";
    }

    private static Map<String, @Nullable Object> facts(ConsistencyReport report) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("at", report.at().toString());
        facts.put("documents", report.documents());
        facts.put("outdated", report.outdated());
        facts.put("repaired", report.repaired());
        facts.put("orphans", report.orphans());
        facts.put("collections", collections(report.collections()));
        facts.put("references", references(report.references()));
        return facts;
    }

    private static List<Map<String, Object>> collections(List<OfCollection> all) {
        return all.stream()
                .map(each -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("collection", each.collection());
                    facts.put("documents", each.documents());
                    facts.put("outdated", each.outdated());
                    facts.put("repaired", each.repaired());
                    facts.put("examples", each.examples());
                    return facts;
                })
                .toList();
    }

    private static List<Map<String, Object>> references(List<OfReference> all) {
        return all.stream()
                .map(each -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("collection", each.collection());
                    facts.put("reference", each.reference());
                    facts.put("to", each.to());
                    facts.put("set", each.set());
                    facts.put("orphans", each.orphans());
                    facts.put("examples", each.examples());
                    return facts;
                })
                .toList();
    }
}
