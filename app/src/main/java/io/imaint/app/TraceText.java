package io.imaint.app;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A traced request as text: a line for each flow, under it the steps, and under each the variables that it changed. */
final class TraceText {
    /** Characters of a value; the rest is in the JSON. */
    private static final int VALUE_MAX = 120;

    private TraceText() {}

    static List<String> lines(JsonNode request) {
        var lines = new ArrayList<String>();
        lines.add("%s %s %s %d in %.1f ms, of which %.1f ms in the target"
                .formatted(
                        text(request, "time"),
                        text(request, "verb"),
                        text(request, "uri"),
                        request.path("status").asInt(0),
                        request.path("millis").asDouble(0),
                        request.path("targetMillis").asDouble(0)));
        var application = text(request, "application");
        lines.add("proxy %s, revision %d, %s, id %s"
                .formatted(
                        text(request, "proxy"),
                        request.path("revision").asInt(0),
                        application.isEmpty() ? "no application" : "application " + application,
                        text(request, "id")));
        request.path("steps").forEach(step -> step(step, lines));
        return lines;
    }

    private static void step(JsonNode step, List<String> lines) {
        var outcome = text(step, "outcome");
        if (outcome.equals("flow")) {
            lines.add("  " + text(step, "flow"));
        } else {
            var times = outcome.equals("skipped")
                    ? ""
                    : "%.3f ms".formatted(step.path("micros").asDouble(0) / 1e3);
            lines.add("    %-7s %-30s %-22s %s"
                    .formatted(outcome, text(step, "policy"), text(step, "type"), times)
                    .stripTrailing());
        }
        var condition = text(step, "condition");
        if (!condition.isEmpty()) {
            lines.add("            condition %s: %s".formatted(!outcome.equals("skipped"), condition));
        }
        var detail = text(step, "detail");
        if (!detail.isEmpty()) {
            lines.add("            " + detail);
        }
        step.path("changes")
                .properties()
                .forEach(change -> lines.add("            %s: %s -> %s"
                        .formatted(
                                change.getKey(),
                                value(change.getValue().path("before")),
                                value(change.getValue().path("after")))));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String value(JsonNode node) {
        var value = node.asString("").replaceAll("\\s*\\R\\s*", " ");
        var shown = value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX) + "…";
        return shown.isEmpty() ? "(none)" : shown;
    }
}
