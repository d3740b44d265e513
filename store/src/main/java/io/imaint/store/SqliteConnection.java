package io.imaint.store;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** A connection to the file with the statements it has prepared; used by one thread at a time. */
final class SqliteConnection implements AutoCloseable {
    /** Enough for every shape of question that the lists ask; the least used goes first. */
    private static final int STATEMENTS_MAX = 200;

    /** How long SQLite itself waits for another process before it reports that the file is busy. */
    private static final int BUSY_WAIT_MS = 5_000;

    /** Reads come from memory mapped pages, shared by all connections and given back when memory is short. */
    private static final long MAPPED_BYTES_MAX = 8L << 30;

    /** The writer's own pages; the negative sign makes SQLite count KiB. */
    private static final int WRITER_CACHE_KIB = 64 * 1024;

    private static final int READER_CACHE_KIB = 8 * 1024;

    /** Pages in the log before they are moved to the file: some tens of MB, so that bulk loads sync seldom. */
    private static final int CHECKPOINT_PAGES = 8_000;

    /** Bounds the log file after a bulk load. */
    private static final long LOG_BYTES_MAX = 64L << 20;

    private final Connection connection;

    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private SqliteConnection(Connection connection) {
        this.connection = connection;
    }

    static SqliteConnection writer(Path file) throws SQLException {
        var opened = open(file, new SQLiteConfig());
        try {
            opened.execute("PRAGMA journal_mode=WAL");
            opened.execute("PRAGMA synchronous=FULL");
            opened.execute("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
            opened.execute("PRAGMA journal_size_limit=" + LOG_BYTES_MAX);
            opened.execute("PRAGMA cache_size=-" + WRITER_CACHE_KIB);
            return opened;
        } catch (SQLException failed) {
            opened.close();
            throw failed;
        }
    }

    /** A connection to an empty file that nobody has made, for who reads where nothing is. */
    static SqliteConnection nothing() throws SQLException {
        var opened = new SqliteConnection(new SQLiteConfig().createConnection("jdbc:sqlite::memory:"));
        SqliteTally.register(opened.connection);
        return opened;
    }

    static SqliteConnection reader(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        var opened = open(file, config);
        opened.execute("PRAGMA cache_size=-" + READER_CACHE_KIB);
        opened.execute("PRAGMA temp_store=MEMORY");
        SqliteTally.register(opened.connection);
        return opened;
    }

    private static SqliteConnection open(Path file, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_WAIT_MS);
        var opened = new SqliteConnection(config.createConnection("jdbc:sqlite:" + file));
        opened.execute("PRAGMA mmap_size=" + MAPPED_BYTES_MAX);
        return opened;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement that changes rows; returns how many. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        try {
            return prepared(sql, arguments).executeUpdate();
        } catch (SQLException failed) {
            drop(sql);
            throw failed;
        }
    }

    /** The rows of a statement, to be closed by the caller. */
    ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
        try {
            return prepared(sql, arguments).executeQuery();
        } catch (SQLException failed) {
            drop(sql);
            throw failed;
        }
    }

    ResultSet query(SqliteText text) throws SQLException {
        return query(text.sql(), text.arguments().toArray());
    }

    /** The first column of the first row; null when it is null or there is none. */
    @Nullable
    Long number(String sql, @Nullable Object... arguments) throws SQLException {
        try (var rows = query(sql, arguments)) {
            if (!rows.next()) {
                return null;
            }
            long number = rows.getLong(1);
            return rows.wasNull() ? null : number;
        }
    }

    /** The plan of a question, one line a step; for tests. */
    List<String> plan(SqliteText text) throws SQLException {
        var steps = new ArrayList<String>();
        try (var rows =
                query("EXPLAIN QUERY PLAN " + text.sql(), text.arguments().toArray())) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }

    private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > STATEMENTS_MAX) {
                drop(statements.keySet().iterator().next());
            }
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    /** The driver finalises some statements when they fail, so none that failed is used again. */
    private void drop(String sql) throws SQLException {
        var dropped = statements.remove(sql);
        if (dropped != null) {
            dropped.close();
        }
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(place, null);
            case String text -> statement.setString(place, text);
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case BigDecimal decimal -> statement.setDouble(place, decimal.doubleValue());
            case Boolean flag -> statement.setInt(place, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(place, bytes);
            default -> throw StoreProblem.QUERY_INVALID.because("lists and documents cannot be compared");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
