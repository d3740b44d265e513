package io.imaint.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The indexes of one collection, built when a question first needs them.
 *
 * <p>A load fills a new collection with documents in the order of one key, which is no order at all to the other
 * indexes: keeping ten of them up to date costs several times what the documents cost, and building them over what is
 * there costs a fraction. So nothing is built before a question needs it and the collection is worth it; from then on
 * SQLite keeps them. A loader that is done says so, lest the first question wait. Indexes that keep values unique are
 * there from the beginning.
 */
final class SqliteIndexes {
    /** Reading through so few documents takes no longer than a question to an index of many. */
    private static final long SCANNED_MAX = 1_000;

    private record Statement(String name, String text) {}

    private final CollectionType<?> type;
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final List<Statement> statements;
    private final ReentrantLock building = new ReentrantLock();
    private volatile boolean complete;

    SqliteIndexes(SqliteTable table, SqliteWriter writer, SqliteReaders readers) {
        this.type = table.type();
        this.writer = writer;
        this.readers = readers;
        this.statements = type.indexes().stream()
                .map(index -> {
                    var name = table.index(String.join("_", index.fields()));
                    var fields = index.fields().stream().map(SqliteText::field).collect(Collectors.joining(","));
                    return new Statement(
                            name,
                            "CREATE INDEX IF NOT EXISTS " + name + " ON " + table.documents() + " (" + fields
                                    + ",key)");
                })
                .toList();
    }

    /** Builds what is missing if a question would otherwise read through many documents. */
    void neededFor(Condition where, List<String> order) {
        if (complete || writer.isRefusing() || (where instanceof Condition.All && order.isEmpty())) {
            return;
        }
        if (documents() > SCANNED_MAX) {
            build();
        }
    }

    private long documents() {
        return readers.read(connection -> {
            var documents = connection.number("SELECT documents FROM imaint_collections WHERE name=?", type.name());
            return documents == null ? 0 : documents;
        });
    }

    /** Builds what is missing, each index in a transaction of its own, so that other writes get their turn. */
    void build() {
        building.lock();
        try {
            if (complete) {
                return;
            }
            var missing = readers.read(this::missing);
            for (var statement : missing) {
                writer.write(transaction -> {
                    transaction.connection().execute(statement.text());
                    return true;
                });
            }
            if (!missing.isEmpty() && documents() > SqliteWriter.ANALYSE_FROM) {
                writer.analyseNow(type.name()); // Without statistics the planner would think the new ones the best.
                writer.write(
                        transaction -> { // The pages that were sorted are not needed again.
                            transaction.connection().execute("PRAGMA shrink_memory");
                            return true;
                        });
            }
            complete = true;
        } finally {
            building.unlock();
        }
    }

    private List<Statement> missing(SqliteConnection connection) throws SQLException {
        var missing = new ArrayList<Statement>();
        for (var statement : statements) {
            var there = connection.number(
                    "SELECT count(*) FROM sqlite_schema WHERE type='index' AND name=?",
                    statement.name().replace("\"", ""));
            if (there == null || there == 0) {
                missing.add(statement);
            }
        }
        return missing;
    }
}
