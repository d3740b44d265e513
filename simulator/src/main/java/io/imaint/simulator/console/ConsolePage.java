package io.imaint.simulator.console;

import io.imaint.simulator.console.Operation.Area;
import io.imaint.simulator.console.Operation.Weight;
import io.imaint.simulator.console.Result.Action;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of the console.
 *
 * <pre>
 *   ┌ header ───────────────────────────────┐
 *   │ nav      │ main                        │
 *   │ SE16N    │   message or error      │
 *   │ SM12     │   facts, tables, text       │
 *   │ SU01 …   │   what can be done          │
 *   └──────────┴─────────────────────────────┘
 * </pre>
 */
final class ConsolePage {
    /** Texts up to this length stay in one line where there is room. */
    private static final int SHORT_MAX = 30;

    private final Html html = new Html();
    private final String token;
    private final Operation operation;
    private int fields;

    /** What the page is about, for the links to what can be done with it. */
    private final Map<String, List<String>> about = new LinkedHashMap<>();

    ConsolePage(String user, String token, Operation operation) {
        this.token = token;
        this.operation = operation;
        html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", title() + " - SAP simulator")
                .open("link", "rel", "stylesheet", "href", HtmlConsole.ROOT + "/style.css")
                .raw("</head><body><a class=\"skip\" href=\"#main\">Skip to the content</a><header><p>")
                .element("a", "iMaintenance SAP simulator", "href", HtmlConsole.ROOT)
                .raw("</p><p>User ")
                .text(user)
                .raw("</p></header><nav aria-label=\"Transactions\"><ul>");
        areas().forEach(this::link);
        html.raw("</ul></nav><main id=\"main\">").element("h1", title());
    }

    private String title() {
        var area = operation.area();
        return operation.equals(areas().get(area)) ? area.title() : area.title() + ": " + operation.label();
    }

    /** Each area with the operation that shows it. */
    private static Map<Area, Operation> areas() {
        var areas = new LinkedHashMap<Area, Operation>();
        Operation.all().forEach(one -> areas.putIfAbsent(one.area(), one));
        return areas;
    }

    private void link(Area area, Operation first) {
        html.raw("<li>");
        if (area.equals(operation.area())) {
            html.open("a", "href", Html.address(first, Map.of()), "aria-current", "page");
        } else {
            html.open("a", "href", Html.address(first, Map.of()));
        }
        html.text(area.title());
        if (!area.transactions().contains("-")) {
            html.raw(" ").element("small", String.join(" ", area.transactions()));
        }
        html.raw("</a></li>");
    }

    void error(AdminError error) {
        html.open("div", "class", "error", "role", "alert")
                .element("strong", error.title())
                .raw("<p>")
                .text(error.detail())
                .raw("</p></div>");
    }

    /** The form that asks for an operation's fields. */
    void form(Map<String, List<String>> given) {
        HtmlConsole.ENTITY.stream().filter(given::containsKey).forEach(name -> about.put(name, given.get(name)));
        html.element("h2", operation.label()).element("p", operation.purpose());
        html.open("form", "method", operation.reads() ? "get" : "post", "action", Html.address(operation, Map.of()));
        if (!operation.reads()) {
            hidden(FormGuard.FIELD, token);
        }
        for (var field : operation.fields()) {
            input(field, given);
        }
        html.element(
                        "button",
                        operation.label(),
                        "type",
                        "submit",
                        "class",
                        operation.weight().name())
                .raw("</form>");
        if (!operation.example().isEmpty()) {
            html.raw("<p><small>On the command line: ")
                    .element("code", "imaint simulator " + operation.example())
                    .raw("</small></p>");
        }
        operations();
    }

    private void input(Field field, Map<String, List<String>> given) {
        var values = given.getOrDefault(field.name(), List.of());
        var first = values.isEmpty() ? "" : values.getFirst();
        var id = id();
        html.raw("<p>").element("label", field.label() + (field.required() ? "" : " (optional)"), "for", id);
        if (!field.choices().isEmpty()) {
            choices(field, id, first);
        } else {
            switch (field.kind()) {
                case TEXT -> box(id, field.name(), "text", first);
                case SECRET -> box(id, field.name(), "password", "");
                case NUMBER -> box(id, field.name(), "number", first);
                case DATE -> box(id, field.name(), "date", first);
                case FLAG -> html.open("input", "type", "checkbox", "value", "true", "id", id, "name", field.name());
                case WORDS -> area(id, field.name(), String.join("\n", values));
                case PAIRS -> area(id, field.name(), pairs(field, given));
                case LINE -> area(id, field.name(), first);
            }
        }
        var hint = switch (field.kind()) {
            case WORDS -> "one in each line";
            case PAIRS -> "NAME=VALUE in each line";
            case TEXT, SECRET, NUMBER, DATE, FLAG, LINE -> "";
        };
        html.element("small", hint).raw("</p>");
    }

    private static String pairs(Field field, Map<String, List<String>> given) {
        var lines = new StringBuilder();
        given.forEach((name, values) -> {
            if (name.startsWith(field.name() + ".")) {
                lines.append(name.substring(field.name().length() + 1))
                        .append('=')
                        .append(values.getFirst())
                        .append('\n');
            }
        });
        return lines.toString();
    }

    private void choices(Field field, String id, String chosen) {
        html.open("select", "id", id, "name", field.name());
        var all = new LinkedHashSet<String>();
        if (!field.required()) {
            all.add("");
        }
        all.addAll(field.choices());
        for (var choice : all) {
            if (choice.equals(chosen)) {
                html.element("option", choice, "selected", "selected");
            } else {
                html.element("option", choice);
            }
        }
        html.close("select");
    }

    private void box(String id, String name, String type, String value) {
        html.open("input", "type", type, "id", id, "name", name, "value", value, "autocomplete", "off");
    }

    private void area(String id, String name, String value) {
        // A browser drops the first line end, so that one is needed which it may drop.
        html.open("textarea", "id", id, "name", name, "rows", "4")
                .raw("\n")
                .text(value)
                .close("textarea");
    }

    private void hidden(String name, String value) {
        html.open("input", "type", "hidden", "name", name, "value", value);
    }

    private String id() {
        return "field-" + ++fields;
    }

    void result(Result result) {
        for (var name : HtmlConsole.ENTITY) {
            switch (result.facts().get(name)) {
                case String text -> about.put(name, List.of(text));
                case List<?> parts ->
                    about.put(name, parts.stream().map(String::valueOf).toList());
                case null, default -> {}
            }
        }
        if (!result.message().isEmpty()) {
            html.open("p", "class", "message", "role", "status")
                    .text(result.message())
                    .close("p");
        }
        var plain = new LinkedHashMap<String, @Nullable Object>(result.facts());
        plain.values().removeIf(Map.class::isInstance);
        if (!plain.isEmpty()) {
            facts("Facts", plain, Map.of());
        }
        result.actions().forEach(this::action);
        result.facts().forEach((name, value) -> {
            if (value instanceof Map<?, ?> many) {
                facts(name, many, result.labels());
            }
        });
        result.tables().forEach(this::table);
        if (!result.text().isEmpty()) {
            html.open("pre", "tabindex", "0").text(result.text()).close("pre");
        }
        operations();
    }

    private void facts(String caption, Map<?, ?> facts, Map<String, String> labels) {
        html.raw("<table class=\"facts\">").element("caption", caption).raw("<tbody>");
        facts.forEach((name, value) -> {
            var label = labels.getOrDefault(String.valueOf(name), "");
            html.raw("<tr>").element("th", String.valueOf(name), "scope", "row");
            if (!labels.isEmpty()) {
                html.element("td", label);
            }
            html.element("td", shown(value)).raw("</tr>");
        });
        html.raw("</tbody></table>");
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> many ->
                String.join(" ", many.stream().map(String::valueOf).toList());
            case Boolean yes -> yes ? "yes" : "no";
            default -> value.toString();
        };
    }

    private void table(Table table) {
        html.raw("<div class=\"wide\" tabindex=\"0\"><table>")
                .element("caption", table.caption() + " (" + table.rows().size() + ")")
                .raw("<thead><tr>");
        table.columns().forEach(column -> html.element("th", column, "scope", "col"));
        if (!table.commands().isEmpty()) {
            html.element("th", "Actions", "scope", "col", "class", "actions");
        }
        html.raw("</tr></thead><tbody>");
        for (var row : table.rows()) {
            html.raw("<tr>");
            row.cells().forEach(this::cell);
            if (!table.commands().isEmpty()) {
                html.raw("<td class=\"actions\">");
                table.commands().forEach(command -> rowAction(Operation.named(command), row));
                html.raw("</td>");
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    /** Long texts wrap, so that the columns after them stay in view. */
    private void cell(@Nullable Object value) {
        var shown = shown(value);
        if (shown.length() > SHORT_MAX) {
            html.element("td", shown, "class", "long");
        } else {
            html.element("td", shown);
        }
    }

    /** What only shows, asks for more, or takes something away leads to a page; the rest is done at once. */
    private void rowAction(Operation command, Entry row) {
        var verb = command.label();
        var name = verb + " " + shown(row.cells().getFirst());
        boolean complete = command.fields().stream()
                .allMatch(field -> !field.required() || row.id().containsKey(field.name()));
        if (command.weight() == Weight.CHANGES && complete) {
            post(command, row.id());
            html.element("button", verb, "type", "submit", "aria-label", name).raw("</form>");
        } else {
            html.element("a", verb, "href", Html.address(command, row.id()), "aria-label", name);
        }
    }

    private void post(Operation command, Map<String, List<String>> settled) {
        html.open("form", "method", "post", "action", Html.address(command, Map.of()));
        hidden(FormGuard.FIELD, token);
        settled.forEach((name, values) -> values.forEach(value -> hidden(name, value)));
    }

    private void action(Action action) {
        var command = Operation.named(action.command());
        if (command.reads()) {
            html.raw("<p>")
                    .element("a", action.label(), "href", Html.address(command, action.arguments()))
                    .raw("</p>");
            return;
        }
        post(command, action.arguments());
        for (var input : action.inputs()) {
            var id = id();
            html.raw("<p>").element("label", input.label(), "for", id);
            box(id, input.name(), input.type(), input.value());
            html.raw("</p>");
        }
        html.element("button", action.label(), "type", "submit").raw("</form>");
    }

    /** The other things that can be done here. */
    private void operations() {
        html.raw("<h2>What can be done</h2><ul class=\"operations\">");
        for (var other : Operation.all()) {
            if (other.area().equals(operation.area())) {
                html.raw("<li>")
                        .element("a", other.label(), "href", Html.address(other, argumentsOf(other)))
                        .raw(" ")
                        .element("small", other.purpose())
                        .raw("</li>");
            }
        }
        html.raw("</ul>");
    }

    private Map<String, List<String>> argumentsOf(Operation other) {
        var arguments = new LinkedHashMap<>(about);
        arguments.keySet().removeIf(name -> other.field(name).isEmpty());
        return arguments;
    }

    byte[] bytes() {
        html.raw("</main></body></html>");
        return html.bytes();
    }
}
