package io.imaint.app;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Definitions.Defined;
import io.imaint.integration.definition.DocumentTree;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.state.InboundState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint integrations show}. */
@Command(
        name = "show",
        description = {
            "Shows an integration: its entity set, its schedule and its mapping.",
            "With --json it prints the definition as the collection Integrations stores it, with its version:",
            "the file that `imaint integrations edit` takes."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint integrations show work-orders --json > work-orders.json"})
final class IntegrationShowCommand implements Callable<Integer>, SettingOptions.User {
    /** The field of an edited file that is not part of the definition. */
    static final String VERSION = "version";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "the integration")
    private String name = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    IntegrationShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var defined = new Definitions(store).one(name);
            if (json) {
                terminal.json(document(defined));
            } else {
                print(defined, InboundState.withStatus(store, defined.integration()), InboundState.live(store, name));
            }
        }
        return Main.DONE;
    }

    private static Map<String, @Nullable Object> document(Defined defined) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put(VERSION, defined.version());
        document.putAll(DocumentTree.plain(defined.document()));
        return document;
    }

    private void print(Defined defined, Integration integration, InboundState state) {
        var mapping = integration.mapping();
        fact("integration", integration.name());
        fact("status", integration.status().number() + " " + IntegrationView.statusText(integration, state));
        fact("schedule", ScheduleCommands.text(integration.schedule()));
        fact("version", defined.version());
        fact("service", integration.service());
        fact("entity set", mapping.entitySet());
        fact("collection", mapping.collection());
        fact("keys", String.join(", ", mapping.keys()));
        fact("filter", integration.reading().filter());
        fact("delta", integration.reading().delta().word());
        fact("change stamp", integration.reading().changeStamp());
        fact("depends on", String.join(", ", integration.dependsOn()));
        for (var field : mapping.fields()) {
            terminal.line("  %-24s %-24s %s%s"
                    .formatted(field.from(), field.to(), field.convert().word(), field.optional() ? ", optional" : ""));
        }
        for (var constant : mapping.constants()) {
            terminal.line("  %-24s %-24s constant".formatted("'" + constant.value() + "'", constant.to()));
        }
        fact("skipped", String.join(", ", mapping.skip()));
    }

    private void fact(String what, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            terminal.line("%-14s %s".formatted(what, value));
        }
    }
}
