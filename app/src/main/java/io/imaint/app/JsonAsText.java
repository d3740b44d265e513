package io.imaint.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Prints the simulator's answers as text: values in two columns, lists as tables. */
final class JsonAsText {
    private final Terminal terminal;

    JsonAsText(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Prints an answer.
     *
     * @param answer an object: {@code message} and {@code text} are printed as they are
     */
    void print(JsonNode answer) {
        var message = answer.path("message").asString("");
        if (!message.isEmpty()) {
            terminal.line(harmless(message));
        }
        var facts = new ArrayList<List<String>>();
        answer.properties().forEach(fact -> {
            if (!fact.getKey().equals("message") && !fact.getKey().equals("text") && isFact(fact.getValue())) {
                facts.add(List.of(fact.getKey(), cell(fact.getValue())));
            }
        });
        TextTable.lines(facts).forEach(terminal::line);
        long tables = answer.properties().stream()
                .filter(fact -> isTable(fact.getValue()))
                .count();
        answer.properties().forEach(fact -> {
            if (fact.getValue().isObject()) {
                heading(fact.getKey());
                var values = new ArrayList<List<String>>();
                fact.getValue().properties().forEach(one -> values.add(List.of(one.getKey(), cell(one.getValue()))));
                TextTable.lines(values).forEach(terminal::line);
            } else if (isTable(fact.getValue())) {
                if (tables > 1 || !facts.isEmpty() || !message.isEmpty()) {
                    heading(fact.getKey());
                }
                table(fact.getValue());
            }
        });
        answer.path("text").asString("").lines().forEach(line -> terminal.line(harmless(line)));
    }

    private void heading(String name) {
        terminal.line("");
        terminal.line(name.toUpperCase(Locale.ROOT));
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray() && (value.isEmpty() || value.get(0).isObject());
    }

    private static boolean isFact(JsonNode value) {
        return !value.isObject() && !isTable(value);
    }

    private void table(JsonNode rows) {
        if (rows.isEmpty()) {
            terminal.line("(none)");
            return;
        }
        var columns = new LinkedHashSet<String>();
        rows.forEach(row -> columns.addAll(row.propertyNames()));
        var lines = new ArrayList<List<String>>();
        lines.add(columns.stream().toList());
        rows.forEach(row ->
                lines.add(columns.stream().map(column -> cell(row.path(column))).toList()));
        TextTable.lines(lines).forEach(terminal::line);
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonAsText::cell)
                    .collect(Collectors.joining(" "));
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "yes" : "no";
        }
        return value.isNull() || value.isMissingNode() ? "" : harmless(value.asString());
    }

    /** Without the characters by which a terminal takes commands. */
    static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
