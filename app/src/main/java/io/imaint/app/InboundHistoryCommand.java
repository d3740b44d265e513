package io.imaint.app;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.inbound.RunView;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.store.Store;
import java.util.List;
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
            "Lists the latest runs of all integrations, or of one.",
            "Deltas without changes are summed up, one line per hour."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound history work-orders --limit 50"})
final class InboundHistoryCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "name", description = "the integration (default: all)")
    private @Nullable String name;

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundHistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int most = limit.most();
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var runs = runs(store, most).stream().map(RunView::of).toList();
            if (json) {
                terminal.json(runs);
            } else if (runs.isEmpty()) {
                terminal.line("No runs yet. `imaint up` or `imaint inbound run` starts the first.");
            } else {
                InboundReports.history(runs).forEach(terminal::line);
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
            new Definitions(store).one(name); // A removed integration keeps its history; an unknown name is an error.
        }
        return runs;
    }
}
