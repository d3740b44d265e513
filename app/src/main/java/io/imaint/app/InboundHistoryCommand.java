package io.imaint.app;

import io.imaint.integration.management.Definitions;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.store.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound history}. */
@Command(
        name = "history",
        description = {
            "Lists the runs of all integrations, or of one: when, what they moved, and how they ended.",
            "Deltas that found nothing are summed up, one line for each hour."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound history work-orders --limit 50"})
final class InboundHistoryCommand implements Callable<Integer>, SettingOptions.User {
    private static final String LINE = "%-24s  %-22s %-9s %-7s %6s %8s %8s %8s %8s %6s %9s  %s";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "name", description = "the integration (default all)")
    private @Nullable String name;

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    InboundHistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int most = limit.most();
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var runs = runs(store, most);
            if (json) {
                terminal.json(runs.stream().map(InboundHistoryCommand::facts).toList());
            } else if (runs.isEmpty()) {
                terminal.line("No runs yet: `imaint up` or `imaint inbound run` makes the first.");
            } else {
                print(runs);
            }
        }
        return Main.DONE;
    }

    private List<InboundRun> runs(Store store, int most) {
        if (name == null) {
            return new InboundRuns(store).newest(most);
        }
        var runs = new InboundRuns(store).newest(name, most);
        if (runs.isEmpty()) {
            new Definitions(store).one(name); // What was removed may still have a history; what never was has none.
        }
        return runs;
    }

    private void print(List<InboundRun> runs) {
        terminal.line(LINE.formatted(
                        "began at",
                        "integration",
                        "kind",
                        "result",
                        "runs",
                        "rows",
                        "inserted",
                        "updated",
                        "removed",
                        "aside",
                        "ms",
                        "")
                .stripTrailing());
        for (var run : runs) {
            terminal.line(LINE.formatted(
                            run.beganAt(),
                            run.integration(),
                            run.kind().word(),
                            run.ending().result().word(),
                            run.runs(),
                            run.counters().rowsRead(),
                            run.counters().inserted(),
                            run.counters().updated(),
                            run.removed(),
                            run.deadLetters(),
                            Duration.between(run.beganAt(), run.endedAt()).toMillis(),
                            problem(run.ending()))
                    .stripTrailing());
        }
    }

    private static String problem(InboundRun.Ending ending) {
        return ending.code() == null ? "" : JsonAsText.harmless("%s: %s".formatted(ending.code(), ending.detail()));
    }

    private static Map<String, @Nullable Object> facts(InboundRun run) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", run.integration());
        facts.put("kind", run.kind().word());
        facts.put("result", run.ending().result().word());
        facts.put("beganAt", run.beganAt());
        facts.put("endedAt", run.endedAt());
        facts.put("runs", run.runs());
        facts.put("rows", run.counters().rowsRead());
        facts.put("inserted", run.counters().inserted());
        facts.put("updated", run.counters().updated());
        facts.put("unchanged", run.counters().unchanged());
        facts.put("removed", run.removed());
        facts.put("keptAside", run.deadLetters());
        facts.put("lagMs", run.lagMs());
        facts.put("code", run.ending().code());
        facts.put("detail", run.ending().detail());
        facts.put("runner", run.runner());
        return facts;
    }
}
