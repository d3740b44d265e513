package io.imaint.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code imaint outbox}. */
@Command(
        name = "outbox",
        description = {
            "Shows what became of commands to SAP; retries and discards those that failed.",
            "It asks a running program."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OutboxListCommand.class,
            OutboxShowCommand.class,
            OutboxRetryCommand.class,
            OutboxDiscardCommand.class,
            OutboxStatsCommand.class
        },
        footer = {"", "Example: imaint outbox list --state failed"})
final class OutboxCommand {
    static final String PATH = "/api/outbox";

    private static final JsonMapper JSON = new JsonMapper();

    static String place(String id) {
        return PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    static String line(JsonNode item) {
        var number = item.path("sapNumber").asString("");
        var message = item.path("message").asString("");
        return JsonAsText.harmless("%s  %s  %-9s  %s  %s%s%s"
                .formatted(
                        item.path("acceptedAt").asString(""),
                        item.path("id").asString(""),
                        item.path("state").asString(""),
                        item.path("command").asString(""),
                        item.path("object").asString(""),
                        number.isEmpty() ? "" : "  SAP " + number,
                        message.isEmpty() ? "" : "  " + message));
    }

    /** A value as it was typed: JSON where it is some, text otherwise. */
    static Object value(String typed) {
        try {
            var node = JSON.readTree(typed);
            return node.isMissingNode() ? typed : node;
        } catch (JacksonException text) {
            return typed;
        }
    }

    /** Takes a step with items, one after the other, up to the first that is refused. */
    static int step(
            RunningProgram asked, List<String> ids, String step, Map<String, ?> body, Terminal terminal, boolean json)
            throws InterruptedException {
        try (asked) {
            var items = new ArrayList<JsonNode>();
            for (var id : ids) {
                var item = asked.step(place(id), step, body);
                items.add(item);
                if (!json) {
                    terminal.line(line(item));
                }
            }
            if (json) {
                terminal.json(items);
            }
        }
        return Main.DONE;
    }
}
