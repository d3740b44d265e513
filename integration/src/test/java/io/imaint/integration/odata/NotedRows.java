package io.imaint.integration.odata;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A sink that writes down what it is given. */
final class NotedRows implements Row.Sink {
    /** Rows, tombstones and reports in the order in which they came. */
    final List<String> all = new ArrayList<>();

    final List<String> deleted = new ArrayList<>();
    final List<Row.Unreadable> unreadable = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private Function<Row, String> text = row -> String.valueOf(row.value("ID"));

    List<String> ids() {
        return rows;
    }

    PageReader.Content read(String json) {
        return read(Types.THING, json);
    }

    PageReader.Content read(EntityType type, String json) {
        return into(this, type, json);
    }

    /** With another text of a row than its ID. */
    PageReader.Content read(EntityType type, String json, Function<Row, String> other) {
        text = other;
        return into(this, type, json);
    }

    static PageReader.Content into(Row.Sink sink, EntityType type, String json) {
        var body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return PageReader.read(PageReader.factory(ODataSettings.Limits.DEFAULT), body, type, sink);
    }

    @Override
    public void row(Row row) {
        rows.add(text.apply(row));
        all.add("row " + text.apply(row));
    }

    @Override
    public void deleted(Row key) {
        deleted.add(text.apply(key));
        all.add("deleted " + text.apply(key));
    }

    @Override
    public void unreadable(Row.Unreadable row) {
        unreadable.add(row);
        all.add("unreadable " + row.key());
    }
}
