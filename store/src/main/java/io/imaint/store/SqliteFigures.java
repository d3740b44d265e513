package io.imaint.store;

import io.imaint.store.Aggregation.By;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One aggregation over a collection in SQLite. */
final class SqliteFigures {
    private final SqliteTable table;
    private final Aggregation aggregation;
    private final SqliteConnection connection;
    private final Map<String, @Nullable Object> exact = new HashMap<>();

    SqliteFigures(SqliteTable table, Aggregation aggregation, SqliteConnection connection) {
        this.table = table;
        this.aggregation = aggregation;
        this.connection = connection;
    }

    /** The question; grouping by the expression of a field, it is answered from an index that has it. */
    static SqliteText text(SqliteTable table, Aggregation aggregation) {
        var text = new SqliteText().add("SELECT count(*)");
        var groups = new StringBuilder();
        for (var by : aggregation.by()) {
            text.add(",").add(key(by));
            groups.append(groups.isEmpty() ? " GROUP BY " : ",").append(key(by));
        }
        for (var field : aggregation.measured()) {
            text.add("," + SqliteTally.NAME + "(doc -> '$." + field + "')");
        }
        return text.add(" FROM " + table.documents() + " WHERE ")
                .condition(table, aggregation.where())
                .add(groups.toString())
                .add(" LIMIT " + (Figures.PARTS_MAX + 1));
    }

    private static String key(By by) {
        return switch (by) {
            case By.Field field -> SqliteText.field(field.field());
            case By.Time time -> "substr(" + SqliteText.field(time.field()) + ",1," + Figures.precision(time) + ")";
        };
    }

    List<Group> groups() throws SQLException {
        var figures = new Figures(aggregation);
        var parts = new ArrayList<Figures.Part>();
        try (var rows = connection.query(text(table, aggregation))) {
            while (rows.next()) {
                parts.add(part(rows));
            }
        }
        for (var part : parts) {
            figures.add(new Figures.Part(exact(part.keys()), part.documents(), part.tallies()));
        }
        return figures.groups();
    }

    private Figures.Part part(ResultSet row) throws SQLException {
        int column = 2;
        var keys = new ArrayList<@Nullable Object>();
        for (int i = 0; i < aggregation.by().size(); i++) {
            keys.add(row.getObject(column++));
        }
        var tallies = new ArrayList<Figures.Tally>();
        for (int i = 0; i < aggregation.measured().size(); i++) {
            tallies.add(SqliteTally.of(row.getBytes(column++)));
        }
        return new Figures.Part(keys, row.getLong(1), tallies);
    }

    /** SQLite gives numbers and flags in types of its own; what they are stands in a document that has them. */
    private List<@Nullable Object> exact(List<@Nullable Object> keys) throws SQLException {
        var exactly = new ArrayList<@Nullable Object>();
        for (int i = 0; i < keys.size(); i++) {
            exactly.add(
                    keys.get(i) instanceof Number number
                            ? exact(aggregation.by().get(i).field(), number)
                            : keys.get(i));
        }
        return exactly;
    }

    private @Nullable Object exact(String field, Number number) throws SQLException {
        var name = field + ' ' + number;
        if (!exact.containsKey(name)) {
            var text = new SqliteText()
                    .add("SELECT doc FROM " + table.documents() + " WHERE (")
                    .condition(table, aggregation.where())
                    .add(") AND ")
                    .comparison(field, "=", new BigDecimal(number.toString()))
                    .add(" LIMIT 1");
            try (var rows = connection.query(text)) {
                exact.put(name, rows.next() ? Jsonb.read(rows.getBytes(1)).get(field) : number.longValue());
            }
        }
        return exact.get(name);
    }
}
