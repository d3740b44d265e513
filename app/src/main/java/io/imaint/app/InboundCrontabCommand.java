package io.imaint.app;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.schedule.Crontab;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint inbound crontab}. */
@Command(
        name = "crontab",
        description = {
            "Prints the schedules of the integrations as a crontab.",
            "Use it to run deltas by cron instead of the built-in schedule. Takes the integrations in the store, or the",
            "product's when the store has none. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound crontab > imaint.crontab"})
final class InboundCrontabCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--product", description = "use the product's integrations, whatever the store has")
    private boolean product;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundCrontabCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var crontab = Crontab.of(product ? Integrations.product() : stored());
        if (json) {
            terminal.json(Map.of("crontab", crontab));
        } else {
            crontab.lines().forEach(terminal::line);
        }
        return Main.DONE;
    }

    private List<Integration> stored() {
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var stored = Integrations.all(store.documents(Integrations.TYPE)).stream()
                    .map(Stored::value)
                    .toList();
            return stored.isEmpty() ? Integrations.product() : stored;
        }
    }
}
