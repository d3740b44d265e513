package io.imaint.store;

import io.imaint.store.Documents.Changed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The change sequence of one collection in SQLite, as an access sees it. */
final class SqliteFeed<T> {
    private final SqliteTable table;
    private final CollectionType<T> type;
    private final Access access;

    SqliteFeed(SqliteTable table, CollectionType<T> type, Access access) {
        this.table = table;
        this.type = type;
        this.access = access;
    }

    /** As {@link Documents#changesAfter}. */
    List<Changed<T>> after(SqliteConnection connection, long position, int limit) throws SQLException {
        assert type.synchronised() : type + " is not in the change sequence";
        var text = access.plants(type)
                .map(plants -> within(plants, position))
                .orElseGet(() -> all(position))
                .add(" ORDER BY position LIMIT ")
                .argument(Math.clamp(limit, 1, Query.LIMIT_MAX));
        var found = new ArrayList<Changed<T>>();
        try (var rows = connection.query(text)) {
            while (rows.next()) {
                found.add(change(rows));
            }
        }
        return found;
    }

    /** As {@link Documents#position}; both tables have their positions in an index. */
    long newest(SqliteConnection connection) throws SQLException {
        assert type.synchronised() : type + " is not in the change sequence";
        var newest = connection.number("SELECT max(coalesce((SELECT max(position) FROM " + table.documents()
                + " WHERE position>0), 0), coalesce((SELECT max(position) FROM " + table.removed() + "), 0))");
        return newest == null ? 0 : newest;
    }

    private SqliteText all(long position) {
        return new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE position>0 AND position>")
                .argument(position)
                .add(" UNION ALL SELECT key, NULL, position, NULL FROM " + table.removed() + " WHERE position>")
                .argument(position);
    }

    /** What is elsewhere now, or gone, but was within the plants before counts as removed. */
    private SqliteText within(List<String> plants, long position) {
        var within = access.within(type, Condition.ALL);
        return new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE position>0 AND position>")
                .argument(position)
                .add(" AND (")
                .condition(table, within)
                .add(") UNION ALL SELECT key, NULL, position, NULL FROM " + table.documents()
                        + " AS d WHERE position>0 AND position>")
                .argument(position)
                .add(" AND (")
                .condition(table, new Condition.Not(within))
                .add(") AND EXISTS (SELECT 1 FROM " + table.left() + " AS l WHERE l.key=d.key AND l.plant")
                .values(plants)
                .add(") UNION ALL SELECT key, NULL, position, NULL FROM " + table.removed() + " AS d WHERE position>")
                .argument(position)
                .add(" AND EXISTS (SELECT 1 FROM " + table.left() + " AS l WHERE l.key=d.key AND l.plant")
                .values(plants)
                .add(")");
    }

    private Changed<T> change(ResultSet row) throws SQLException {
        return row.getBytes(4) == null
                ? new Changed<>(row.getLong(3), row.getString(1), Optional.empty())
                : new Changed<>(
                        row.getLong(3),
                        row.getString(1),
                        Optional.of(SqliteChanges.found(row).stored(type)));
    }
}
