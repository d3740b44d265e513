package io.imaint.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement being written with its arguments. A field is always written the same way, since SQLite recognises an
 * expression index only by its exact expression.
 */
final class SqliteText {
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> arguments = new ArrayList<>();
    private boolean wordsCommon;

    static String field(String name) {
        return "(doc ->> '$." + name + "')";
    }

    SqliteText add(String part) {
        sql.append(part);
        return this;
    }

    /** Whether words are common, so that another index is read and they only decide; see {@link SqliteWords}. */
    SqliteText wordsCommon(boolean common) {
        wordsCommon = common;
        return this;
    }

    SqliteText argument(@Nullable Object value) {
        sql.append('?');
        arguments.add(value);
        return this;
    }

    SqliteText comparison(String field, String operator, @Nullable Object value) {
        return add(field(field)).add(operator).argument(value);
    }

    String sql() {
        return sql.toString();
    }

    List<@Nullable Object> arguments() {
        return arguments;
    }

    /** A condition as an expression that is true, false or null, null counting as false. */
    SqliteText condition(SqliteTable table, Condition where) {
        return switch (where) {
            case Condition.All all -> add("1");
            case Condition.Equal equal ->
                equal.value() == null
                        ? add(field(equal.field())).add(" IS NULL")
                        : comparison(equal.field(), "=", equal.value());
            case Condition.In in -> in(in);
            case Condition.Range range -> range(range);
            case Condition.Prefix prefix -> prefix(prefix);
            case Condition.Text text -> text(table, text);
            case Condition.And and -> joined(table, and.all(), " AND ", "1");
            case Condition.Or or -> joined(table, or.any(), " OR ", "0");
            // Not a plain comparison, lest its index be taken for one that narrows anything.
            case Condition.Unexpired live ->
                add("ifnull(" + field(live.field()) + ",'~')>").argument(Values.text(live.at()));
            case Condition.Not not -> add("(").condition(table, not.condition()).add(") IS NOT TRUE");
        };
    }

    /** The list of values is padded to a power of two, so that few shapes of statement are prepared. */
    private SqliteText in(Condition.In in) {
        if (in.values().isEmpty()) {
            return add("0");
        }
        add(field(in.field()));
        return values(in.values());
    }

    SqliteText values(List<?> values) {
        if (values.isEmpty()) {
            return add(" IN ()");
        }
        int places = Integer.highestOneBit(Math.max(1, 2 * values.size() - 1));
        add(" IN (");
        for (int i = 0; i < places; i++) {
            add(i == 0 ? "" : ",").argument(values.get(Math.min(i, values.size() - 1)));
        }
        return add(")");
    }

    private SqliteText range(Condition.Range range) {
        if (range.from() == null && range.to() == null) {
            return add(field(range.field())).add(" IS NOT NULL");
        }
        if (range.from() != null) {
            comparison(range.field(), ">=", range.from());
        }
        if (range.to() != null) {
            add(range.from() == null ? "" : " AND ").comparison(range.field(), "<", range.to());
        }
        return this;
    }

    private SqliteText prefix(Condition.Prefix prefix) {
        comparison(prefix.field(), ">=", prefix.start());
        var end = Prefixes.end(prefix.start());
        return end == null ? this : add(" AND ").comparison(prefix.field(), "<", end);
    }

    private SqliteText text(SqliteTable table, Condition.Text text) {
        var match = SqliteWords.match(text);
        if (match.isEmpty()) {
            return add(text.words().isBlank() ? "1" : "0");
        }
        if (!table.searches()) {
            throw new AssertionError(table.type() + " declares no searched fields");
        }
        var words = table.words();
        return add(wordsCommon ? "+id" : "id") // The sign keeps SQLite from beginning with the words.
                .add(" IN (SELECT rowid FROM " + words + " WHERE " + words + " MATCH ")
                .argument(match)
                .add(")");
    }

    private SqliteText joined(SqliteTable table, List<Condition> parts, String operator, String none) {
        if (parts.isEmpty()) {
            return add(none);
        }
        for (int i = 0; i < parts.size(); i++) {
            add(i == 0 ? "(" : operator + "(").condition(table, parts.get(i)).add(")");
        }
        return this;
    }

    SqliteText interval(Paging.KeyInterval interval, boolean descending) {
        for (var bound : interval.bounds()) {
            add(" AND ");
            var name = bound.field() == null ? "key" : field(bound.field());
            switch (bound.relation()) {
                case SAME -> {
                    if (bound.value() == null) {
                        add(name).add(" IS NULL");
                    } else {
                        add(name).add("=").argument(bound.value());
                    }
                }
                case AFTER -> add(name).add(descending ? "<" : ">").argument(bound.value());
                case PRESENT -> add(name).add(" IS NOT NULL");
                case ABSENT -> add(name).add(" IS NULL");
            }
        }
        return this;
    }

    SqliteText order(Query query) {
        var direction = Paging.descending(query) ? " DESC" : "";
        add(" ORDER BY ");
        query.sort().forEach(sort -> add(field(sort.field())).add(direction).add(","));
        return add("key").add(direction);
    }
}
