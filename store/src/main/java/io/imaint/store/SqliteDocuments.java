package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One collection in SQLite: the questions. What changes it is in {@link SqliteChanges}. */
final class SqliteDocuments<T> implements Documents<T> {
    /** Keys that one statement looks up. */
    private static final int KEYS_MAX = 512;

    /** A field with more values than this is nothing to group by. */
    static final int GROUPS_MAX = 10_000;

    /** Documents that one transaction removes, so that others get their turn. */
    private static final int REMOVE_BATCH = 2_000;

    /** What is verified in the transaction of each write, before it. */
    interface Guard {
        void verify(SqliteConnection connection) throws SQLException;
    }

    private final SqliteTable table;
    private final CollectionType<T> type;
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final SqliteChanges changes;
    private final SqliteIndexes indexes;
    private final Counts counts;
    private final Guard guard;

    SqliteDocuments(SqliteTable table, CollectionType<T> type, SqliteWriter writer, SqliteReaders readers) {
        this.table = table;
        this.type = type;
        this.writer = writer;
        this.readers = readers;
        this.changes = new SqliteChanges(table);
        this.indexes = new SqliteIndexes(table, writer, readers);
        this.counts = new Counts();
        this.guard = connection -> {};
    }

    private SqliteDocuments(SqliteDocuments<T> same, Guard guard) {
        this.table = same.table;
        this.type = same.type;
        this.writer = same.writer;
        this.readers = same.readers;
        this.changes = same.changes;
        this.indexes = same.indexes;
        this.counts = same.counts;
        this.guard = guard;
    }

    /** The same documents, written only when a guard lets them. */
    SqliteDocuments<T> guarded(Guard by) {
        return new SqliteDocuments<>(this, by);
    }

    private <R> R write(SqliteWriter.Write<R> write) {
        return writer.write(transaction -> {
            guard.verify(transaction.connection());
            return write.run(transaction);
        });
    }

    CollectionType<T> type() {
        return type;
    }

    SqliteTable table() {
        return table;
    }

    @Override
    public Optional<Stored<T>> find(String key) {
        return readers.read(connection -> changes.find(connection, key)).map(found -> found.stored(type));
    }

    @Override
    public Map<String, Stored<T>> findAll(List<String> keys) {
        if (keys.size() > Query.LIMIT_MAX) {
            throw StoreProblem.QUERY_INVALID.because("at most " + Query.LIMIT_MAX + " keys, not " + keys.size());
        }
        var found = new LinkedHashMap<String, Stored<T>>();
        for (int from = 0; from < keys.size(); from += KEYS_MAX) {
            var some = keys.subList(from, Math.min(keys.size(), from + KEYS_MAX));
            var text = new SqliteText()
                    .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE key")
                    .values(some);
            readers.read(connection -> found(connection, text, new ArrayList<>()))
                    .forEach(each -> found.put(each.key(), each.stored(type)));
        }
        return found;
    }

    @Override
    public Page<T> list(Query query) {
        verify(query.where(), query.sort().stream().map(Query.Sort::field).toList());
        var intervals = Paging.intervals(type, query);
        var found = readers.read(connection -> {
            var page = new ArrayList<Paging.Found>();
            for (var interval : intervals) {
                if (page.size() <= query.limit()) {
                    found(connection, listing(query, interval, query.limit() + 1 - page.size()), page);
                }
            }
            return page;
        });
        return Paging.page(type, query, found);
    }

    private void verify(Condition where, List<String> order) {
        IndexCoverage.verify(type, where, order);
        indexes.neededFor(where, order);
    }

    @Override
    public void index() {
        indexes.build();
    }

    SqliteText listing(Query query, Paging.KeyInterval interval, int limit) {
        return new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE (")
                .condition(table, query.where())
                .add(")")
                .interval(interval, Paging.descending(query))
                .order(query)
                .add(" LIMIT ")
                .argument(limit);
    }

    private static List<Paging.Found> found(SqliteConnection connection, SqliteText text, List<Paging.Found> into)
            throws SQLException {
        try (var rows = connection.query(text)) {
            while (rows.next()) {
                into.add(SqliteChanges.found(rows));
            }
        }
        return into;
    }

    /** All documents are counted as they are written; other counts hold until the collection's next change. */
    @Override
    public long count(Condition where) {
        verify(where, List.of());
        return readers.read(connection -> {
            long version;
            long documents;
            try (var row =
                    connection.query("SELECT version, documents FROM imaint_collections WHERE name=?", type.name())) {
                version = row.getLong(1);
                documents = row.getLong(2);
            }
            if (where instanceof Condition.All) {
                return documents;
            }
            var known = counts.known(where, version);
            if (known.isPresent()) {
                return known.getAsLong();
            }
            long counted;
            try (var row = connection.query(new SqliteText()
                    .add("SELECT count(*) FROM " + table.documents() + " WHERE ")
                    .condition(table, where))) {
                counted = row.getLong(1);
            }
            counts.put(where, version, counted);
            return counted;
        });
    }

    @Override
    public Map<String, Long> countBy(String field, Condition where) {
        verify(where, List.of(field));
        var name = SqliteText.field(field);
        var text = new SqliteText()
                .add("SELECT " + name + " AS f, count(*) FROM " + table.documents() + " WHERE ")
                .condition(table, where)
                .add(" GROUP BY f LIMIT " + (GROUPS_MAX + 1));
        return readers.read(connection -> {
            var groups = new LinkedHashMap<Object, Long>();
            try (var rows = connection.query(text)) {
                while (rows.next()) {
                    var value = rows.getObject(1);
                    groups.merge(value == null ? "" : value, rows.getLong(2), Long::sum);
                }
            }
            if (groups.size() > GROUPS_MAX) {
                throw StoreProblem.QUERY_INVALID.because(field + " has more than " + GROUPS_MAX + " values");
            }
            var counted = new TreeMap<String, Long>();
            for (var group : groups.entrySet()) {
                counted.merge(groupName(connection, field, where, group.getKey()), group.getValue(), Long::sum);
            }
            return counted;
        });
    }

    /** SQLite answers numbers and flags in its own types; the name is that of the value as kept. */
    private String groupName(SqliteConnection connection, String field, Condition where, Object value)
            throws SQLException {
        if (value instanceof String text) {
            return text;
        }
        var text = new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE (")
                .condition(table, where)
                .add(") AND ")
                .comparison(field, "=", value instanceof Number number ? new BigDecimal(number.toString()) : value)
                .add(" LIMIT 1");
        var one = found(connection, text, new ArrayList<>());
        return Groups.name(one.isEmpty() ? value : one.getFirst().document().get(field));
    }

    @Override
    public Optional<Bounds> bounds(String field, Condition where) {
        verify(where, List.of(field));
        return readers.read(connection -> {
            var least = edge(connection, field, where, "");
            var greatest = edge(connection, field, where, " DESC");
            return least == null || greatest == null
                    ? Optional.<Bounds>empty()
                    : Optional.of(new Bounds(least, greatest));
        });
    }

    private @Nullable Object edge(SqliteConnection connection, String field, Condition where, String direction)
            throws SQLException {
        var name = SqliteText.field(field);
        var text = new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE (")
                .condition(table, where)
                .add(") AND " + name + " IS NOT NULL ORDER BY " + name + direction + " LIMIT 1");
        var one = found(connection, text, new ArrayList<>());
        return one.isEmpty() ? null : one.getFirst().document().get(field);
    }

    @Override
    public Upserted upsertAll(List<T> values) {
        if (values.isEmpty()) {
            return Upserted.NONE;
        }
        var bytes = Jsonb.writer();
        var prepared = new LinkedHashMap<String, SqliteChanges.Prepared>();
        for (var value : values) {
            var one = changes.prepared(type.key(value), type.write(value), bytes);
            prepared.put(one.key(), one);
        }
        return write(transaction -> changes.upsert(transaction, prepared.values()));
    }

    private SqliteChanges.Prepared prepared(T value) {
        return changes.prepared(type.key(value), type.write(value));
    }

    @Override
    public Written<T> insert(T value, Fact... facts) {
        var prepared = prepared(value);
        return written(write(transaction -> changes.insert(transaction, prepared)));
    }

    @Override
    public Written<T> replace(T value, long rev, Fact... facts) {
        var prepared = prepared(value);
        return written(write(transaction -> changes.replace(transaction, prepared, rev)));
    }

    private Written<T> written(SqliteChanges.Outcome outcome) {
        var stored = outcome.stands().map(found -> found.stored(type));
        return outcome.done() ? new Written.Done<>(stored.orElseThrow()) : new Written.Lost<>(stored);
    }

    @Override
    public boolean remove(String key, long rev, Fact... facts) {
        return write(transaction -> changes.remove(
                        transaction,
                        new SqliteText()
                                .add("key=")
                                .argument(key)
                                .add(" AND rev=")
                                .argument(rev)))
                > 0;
    }

    @Override
    public long removeAll(Condition where) {
        verify(where, List.of());
        long removed = 0;
        int last;
        do {
            var some = new SqliteText()
                    .add("id IN (SELECT id FROM " + table.documents() + " WHERE ")
                    .condition(table, where)
                    .add(" LIMIT " + REMOVE_BATCH + ")");
            last = write(transaction -> changes.remove(transaction, some));
            removed += last;
        } while (last == REMOVE_BATCH);
        return removed;
    }

    @Override
    public List<Changed<T>> changesAfter(long position, int limit) {
        assert type.synchronised() : type + " is not in the change sequence";
        int most = Math.clamp(limit, 1, Query.LIMIT_MAX);
        return readers.read(connection -> {
            var found = new ArrayList<Changed<T>>();
            try (var rows = connection.query(
                    "SELECT key, rev, position, doc FROM " + table.documents()
                            + " WHERE position>?1 AND position>0 UNION ALL SELECT key, NULL, position, NULL FROM "
                            + table.removed() + " WHERE position>?1 ORDER BY position LIMIT ?2",
                    position,
                    most)) {
                while (rows.next()) {
                    found.add(change(rows));
                }
            }
            return found;
        });
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
