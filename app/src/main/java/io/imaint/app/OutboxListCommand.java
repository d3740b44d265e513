package io.imaint.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code imaint outbox list}. */
@Command(
        name = "list",
        description = {
            "Lists commands to SAP, the newest first.",
            "Each line has the time, the id, the state, the command, its object and SAP's words."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint outbox list --state failed --state held",
            "  imaint outbox list --object WorkOrders/000004000012 --json"
        })
final class OutboxListCommand implements Callable<Integer>, SettingOptions.User {
    /** As many as a page of the API has. */
    private static final int PAGE_MAX = 1_000;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "only items in this state: queued, sending, posted, failed, held or discarded; may be repeated")
    private List<String> states = List.of();

    @Option(names = "--command", paramLabel = "NAME", description = "only this command, such as release-order")
    private @Nullable String command;

    @Option(
            names = "--object",
            paramLabel = "COLLECTION/NUMBER",
            description = "only items of this object, such as WorkOrders/000004000012")
    private @Nullable String object;

    @Option(names = "--by", paramLabel = "ID", description = "only items that this user entered")
    private @Nullable String by;

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    OutboxListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var asked = new StringJoiner("&", OutboxCommand.PATH + "?", "");
        states.forEach(state -> add(asked, "state", state));
        add(asked, "command", command);
        add(asked, "object", object);
        add(asked, "by", by);
        try (var running = program.program(SettingOptions.read(spec))) {
            var items = items(running, asked.toString());
            if (json) {
                terminal.json(items);
            } else if (items.isEmpty()) {
                terminal.line("No items.");
            } else {
                items.forEach(item -> terminal.line(OutboxCommand.line(item)));
            }
        }
        return Main.DONE;
    }

    private List<JsonNode> items(RunningProgram running, String asked) throws InterruptedException {
        int most = limit.most();
        var items = new ArrayList<JsonNode>();
        var after = "";
        do {
            var page = running.get("%s&limit=%d%s".formatted(asked, Math.min(most - items.size(), PAGE_MAX), after));
            page.path("items").forEach(items::add);
            after = page.path("next").isString()
                    ? "&after=" + URLEncoder.encode(page.path("next").asString(), StandardCharsets.UTF_8)
                    : "";
        } while (!after.isEmpty() && items.size() < most);
        return items;
    }

    private static void add(StringJoiner asked, String name, @Nullable String value) {
        if (value != null) {
            asked.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
