package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One collection in SQLite: the questions. What changes it is in {@link SqliteChanges}. */
final class SqliteDocuments<T> implements Documents<T> {
    /** Keys that one statement looks up. */
    private static final int KEYS_MAX = 512;

    /** Documents that one transaction removes, so that others get their turn. */
    private static final int REMOVE_BATCH = 2_000;

    private final SqliteTable table;
    private final CollectionType<T> type;
    private final SqliteStore store;
    private final SqliteReaders readers;
    private final SqliteChanges changes;
    private final SqliteIndexes indexes;
    private final Counts counts;
    private final SqliteWords words;
    private final Access access;
    private final FactWriting writing;
    private final SqliteFeed<T> feed;

    SqliteDocuments(SqliteTable table, CollectionType<T> type, SqliteStore store) {
        this.table = table;
        this.type = type;
        this.store = store;
        this.readers = store.readers();
        this.changes = new SqliteChanges(table);
        this.indexes = new SqliteIndexes(table, store.writer(), store.readers());
        this.counts = new Counts();
        this.words = new SqliteWords(table);
        this.access = Access.SYSTEM;
        this.writing = new FactWriting(access, type, store.clock());
        this.feed = new SqliteFeed<>(table, type, access);
    }

    private SqliteDocuments(SqliteDocuments<?> same, CollectionType<T> type, Access access) {
        this.table = same.table;
        this.type = type;
        this.store = same.store;
        this.readers = same.readers;
        this.changes = same.changes;
        this.indexes = same.indexes;
        this.counts = same.counts;
        this.words = same.words;
        this.access = access;
        this.writing = new FactWriting(access, type, store.clock());
        this.feed = new SqliteFeed<>(table, type, access);
    }

    /** The same documents as another access sees and writes them. */
    SqliteDocuments<T> in(Access other) {
        return other == access ? this : new SqliteDocuments<>(this, type, other);
    }

    /** The same documents as other values. */
    <R> SqliteDocuments<R> as(CollectionType<R> other) {
        return new SqliteDocuments<>(this, other, access);
    }

    /** Runs a write while the leases are held, which may carry facts. */
    private <R> R write(SqliteWriter.Write<R> write, Fact... facts) {
        boolean factual = facts.length > 0 || writing.audits();
        if (factual) {
            store.factTable().create();
        }
        var written = store.writer().write(transaction -> {
            store.leaseTable().verify(transaction.connection(), access.leases());
            return write.run(transaction);
        });
        if (factual) {
            store.factTable().raise();
        }
        return written;
    }

    CollectionType<T> type() {
        return type;
    }

    SqliteTable table() {
        return table;
    }

    @Override
    public Optional<Stored<T>> find(String key) {
        return shown(changes.finding(key)).findFirst().map(found -> found.stored(type));
    }

    private Stream<Paging.Found> shown(SqliteText text) {
        return readers.read(connection -> found(connection, text, new ArrayList<>())).stream()
                .filter(found -> access.sees(type, found));
    }

    @Override
    public Map<String, Stored<T>> findAll(List<String> keys) {
        if (keys.size() > Query.LIMIT_MAX) {
            throw StoreProblem.QUERY_INVALID.because("at most " + Query.LIMIT_MAX + " keys, not " + keys.size());
        }
        var found = new LinkedHashMap<String, Stored<T>>();
        for (int from = 0; from < keys.size(); from += KEYS_MAX) {
            var some = keys.subList(from, Math.min(keys.size(), from + KEYS_MAX));
            shown(changes.finding(some)).forEach(each -> found.put(each.key(), each.stored(type)));
        }
        return found;
    }

    @Override
    public Page<T> list(Query asked) {
        var query = asked.within(verified(
                asked.where(), asked.sort().stream().map(Query.Sort::field).toList()));
        var intervals = Paging.intervals(store.cursors(), type, query);
        var found = readers.read(connection -> {
            boolean common = words.areCommonInPage(connection, query.where());
            var page = new ArrayList<Paging.Found>();
            for (var interval : intervals) {
                if (page.size() <= query.limit()) {
                    int more = query.limit() + 1 - page.size();
                    found(connection, listing(query, interval, more, common), page);
                }
            }
            return page;
        });
        return Paging.page(store.cursors(), type, query, found);
    }

    /** A condition as this access asks it, after it was found to be served by an index even without the plants. */
    private Condition verified(Condition where, List<String> order) {
        IndexCoverage.verify(type, where, order);
        var within = access.within(type, where);
        indexes.neededFor(within, order);
        return within;
    }

    @Override
    public void index() {
        indexes.build();
    }

    SqliteText listing(Query query, Paging.KeyInterval interval, int limit, boolean wordsCommon) {
        return new SqliteText()
                .wordsCommon(wordsCommon)
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE (")
                .condition(table, query.where())
                .add(")")
                .interval(interval, Paging.descending(query))
                .order(query)
                .add(" LIMIT ")
                .argument(limit);
    }

    private List<Paging.Found> found(SqliteConnection connection, SqliteText text, List<Paging.Found> into)
            throws SQLException {
        try (var rows = connection.query(text)) {
            while (rows.next()) {
                into.add(type.passesOn() ? SqliteChanges.unread(rows) : SqliteChanges.found(rows));
            }
        }
        return into;
    }

    /** All documents are counted as they are written; other counts hold until the collection's next change. */
    @Override
    public long count(Condition asked) {
        var where = verified(asked, List.of());
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
            boolean common = words.areCommonInCount(connection, where);
            try (var row = connection.query(new SqliteText()
                    .wordsCommon(common)
                    .add("SELECT count(*) FROM " + table.documents() + " WHERE ")
                    .condition(table, where))) {
                counted = row.getLong(1);
            }
            counts.put(where, version, counted);
            return counted;
        });
    }

    @Override
    public List<Group> aggregate(Aggregation asked) {
        IndexCoverage.verify(type, asked);
        var aggregation = asked.where(access.within(type, asked.where()));
        indexes.neededFor(
                aggregation.where(),
                aggregation.by().stream().map(Aggregation.By::field).toList());
        return readers.read(connection -> new SqliteFigures(table, aggregation, connection).groups());
    }

    @Override
    public Optional<Bounds> bounds(String field, Condition asked) {
        var where = verified(asked, List.of(field));
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
            access.verifyWritable(type, one.document());
            prepared.put(one.key(), one);
        }
        return write(transaction -> {
            if (!writing.audits()) {
                return changes.upsert(transaction, prepared.values());
            }
            var done = Upserted.NONE;
            for (var one : prepared.values()) {
                done = done.plus(upsert(transaction, one));
            }
            return done;
        });
    }

    private Upserted upsert(SqliteTransaction transaction, SqliteChanges.Prepared one) throws SQLException {
        var before = changes.find(transaction.connection(), one.key());
        verifyShown(before);
        var done = changes.upsert(transaction, List.of(one));
        if (done.unchanged() == 0) {
            long rev = before.map(Paging.Found::rev).orElse(0L) + 1;
            record(transaction, one.key(), rev, before, one.document());
        }
        return done;
    }

    /** That a hidden document holds a key is all that may be said of it. */
    private void verifyShown(Optional<Paging.Found> standing) {
        if (standing.isPresent() && !access.sees(type, standing.get())) {
            throw StoreProblem.DUPLICATE.because("the key is taken");
        }
    }

    private void record(
            SqliteTransaction transaction,
            String key,
            long rev,
            Optional<Paging.Found> before,
            @Nullable Document after,
            Fact... facts)
            throws SQLException {
        var was = before.map(Paging.Found::document).orElse(null);
        store.factTable().add(transaction, writing.entries(key, rev, was, after, facts));
    }

    private SqliteChanges.Prepared prepared(T value) {
        return changes.prepared(type.key(value), type.write(value));
    }

    @Override
    public Written<T> insert(T value, Fact... facts) {
        var prepared = prepared(value);
        access.verifyWritable(type, prepared.document());
        var outcome = write(
                transaction -> {
                    var inserted = changes.insert(transaction, prepared);
                    if (inserted.done()) {
                        record(transaction, prepared.key(), 1, Optional.empty(), prepared.document(), facts);
                    } else {
                        verifyShown(inserted.stands());
                    }
                    return inserted;
                },
                facts);
        return written(outcome);
    }

    @Override
    public Written<T> replace(T value, long rev, Fact... facts) {
        type.verifyChangeable(type.key(value));
        var standing = type.merges()
                ? readers.read(connection -> changes.find(connection, type.key(value)))
                        .filter(found -> found.rev() == rev)
                : Optional.<Paging.Found>empty();
        var prepared = changes.prepared(type.key(value), type.replacing(value, standing));
        var outcome = write(
                transaction -> {
                    var before = changes.find(transaction.connection(), prepared.key());
                    if (before.isPresent() && !access.sees(type, before.get())) {
                        return new WriteOutcome(false, Optional.empty());
                    }
                    access.verifyWritable(type, prepared.document());
                    var replaced = changes.replace(transaction, prepared, rev, facts.length > 0);
                    if (replaced.done() && replaced.stands().orElseThrow().rev() > rev) {
                        record(transaction, prepared.key(), rev + 1, before, prepared.document(), facts);
                    }
                    return replaced;
                },
                facts);
        return written(outcome);
    }

    private Written<T> written(WriteOutcome outcome) {
        var stored = outcome.stands().map(found -> found.stored(type));
        return outcome.done() ? new Written.Done<>(stored.orElseThrow()) : new Written.Lost<>(stored);
    }

    @Override
    public boolean remove(String key, long rev, Fact... facts) {
        type.verifyChangeable(key);
        return write(
                transaction -> {
                    var before = changes.find(transaction.connection(), key)
                            .filter(found -> found.rev() == rev && access.sees(type, found));
                    return before.isPresent() && remove(transaction, before.get(), facts);
                },
                facts);
    }

    private boolean remove(SqliteTransaction transaction, Paging.Found found, Fact... facts) throws SQLException {
        changes.remove(transaction, new SqliteText().add("key=").argument(found.key()));
        record(transaction, found.key(), found.rev(), Optional.of(found), null, facts);
        return true;
    }

    @Override
    public long removeAll(Condition asked) {
        var where = verified(asked, List.of());
        long removed = 0;
        int last;
        do {
            last = write(transaction -> writing.audits()
                    ? removeEach(transaction, where)
                    : changes.removeSome(transaction, where, REMOVE_BATCH));
            removed += last;
        } while (last == REMOVE_BATCH);
        return removed;
    }

    private int removeEach(SqliteTransaction transaction, Condition where) throws SQLException {
        transaction.writeWords();
        var some = new SqliteText()
                .add("SELECT key, rev, position, doc FROM " + table.documents() + " WHERE ")
                .condition(table, where)
                .add(" LIMIT " + REMOVE_BATCH);
        var found = found(transaction.connection(), some, new ArrayList<>());
        for (var one : found) {
            remove(transaction, one);
        }
        return found.size();
    }

    @Override
    public List<Changed<T>> changesAfter(long position, int limit) {
        return readers.read(connection -> feed.after(connection, position, limit));
    }

    @Override
    public long position() {
        return readers.read(feed::newest);
    }
}
