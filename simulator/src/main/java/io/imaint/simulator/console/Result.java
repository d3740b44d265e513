package io.imaint.simulator.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operation answers: a message, facts, tables, a long text, and what can be done next. */
final class Result {
    /**
     * A table.
     *
     * @param name in JSON
     * @param caption for people
     * @param commands what can be done with each row, which has the arguments for it
     */
    record Table(String name, String caption, List<String> columns, List<Entry> rows, List<String> commands) {
        Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row.
     *
     * @param cells in the order of the columns
     * @param id arguments that name it to operations
     */
    record Entry(List<@Nullable Object> cells, Map<String, List<String>> id) {}

    /**
     * An operation that suggests itself.
     *
     * @param label what its button says
     * @param arguments those that are settled
     * @param inputs those that are to be typed
     */
    record Action(String command, String label, Map<String, List<String>> arguments, List<Input> inputs) {}

    /**
     * A field to be typed into.
     *
     * @param type of the HTML input
     * @param length the most characters, 0 for any number
     */
    record Input(String name, String label, String type, String value, int length) {}

    private String message = "";
    private String text = "";
    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();

    static Result done(String message) {
        var result = new Result();
        result.message = message;
        return result;
    }

    static Result text(String text) {
        var result = new Result();
        result.text = text;
        return result;
    }

    Result with(String fact, @Nullable Object value) {
        facts.put(fact, value);
        return this;
    }

    Result with(Table table) {
        tables.add(table);
        return this;
    }

    Result with(Action action) {
        actions.add(action);
        return this;
    }

    /** What people call a fact, where its name alone does not tell. */
    Result labelled(String fact, String label) {
        labels.put(fact, label);
        return this;
    }

    /** With the inputs of its actions as they were typed before. */
    Result typed(Map<String, List<String>> values) {
        actions.replaceAll(action -> new Action(
                action.command(),
                action.label(),
                action.arguments(),
                action.inputs().stream()
                        .map(input -> new Input(
                                input.name(),
                                input.label(),
                                input.type(),
                                values.getOrDefault(input.name(), List.of(input.value())).getFirst(),
                                input.length()))
                        .toList()));
        return this;
    }

    /** In place of any message before. */
    Result saying(String words) {
        message = words;
        return this;
    }

    String message() {
        return message;
    }

    String text() {
        return text;
    }

    Map<String, @Nullable Object> facts() {
        return facts;
    }

    Map<String, String> labels() {
        return labels;
    }

    List<Table> tables() {
        return tables;
    }

    List<Action> actions() {
        return actions;
    }
}
