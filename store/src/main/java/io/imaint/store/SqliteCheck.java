package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks for damage in the file: before it is used, as much as a second allows, and then in the background all of it, table
 * by table, so that no read holds the write-ahead log for long.
 */
final class SqliteCheck implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SqliteCheck.class.getName());

    /** So many pages are checked within a second. */
    private static final long QUICK_PAGES_MAX = 16_384;

    /** Findings that are told; more say no more. */
    private static final int FINDINGS_MAX = 3;

    private static final String SOUND = "ok";

    private final SqliteReaders readers;
    private final StoreHealth health;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread;

    private SqliteCheck(SqliteReaders readers, StoreHealth health) {
        this.readers = readers;
        this.health = health;
        // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
        this.thread = Thread.ofPlatform().daemon().name("store-check").unstarted(this::checkAll);
    }

    /**
     * Checks a small file whole and the structure of a large one.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_CORRUPT}
     */
    static void quick(SqliteConnection connection) throws SQLException {
        var pages = connection.number("PRAGMA page_count");
        if (pages != null && pages <= QUICK_PAGES_MAX) {
            require(findings(connection, "PRAGMA quick_check(" + FINDINGS_MAX + ")"));
            return;
        }
        for (var table : tables(connection)) {
            connection.number("SELECT count(*) FROM (SELECT 1 FROM \"%s\" LIMIT 1)".formatted(table));
        }
    }

    /**
     * Checks all of a file, which takes as long as reading it.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_CORRUPT}
     */
    static void whole(SqliteConnection connection) throws SQLException {
        for (var table : tables(connection)) {
            require(findings(connection, "PRAGMA integrity_check(\"%s\")".formatted(table)));
        }
    }

    static SqliteCheck start(SqliteReaders readers, StoreHealth health) {
        var check = new SqliteCheck(readers, health);
        check.thread.start();
        return check;
    }

    private void checkAll() {
        try {
            health.checked("data being checked");
            for (var table : readers.read(SqliteCheck::tables)) {
                if (stop.get()) {
                    return;
                }
                var findings = readers.read(
                        connection -> findings(connection, "PRAGMA integrity_check(\"%s\")".formatted(table)));
                require(findings);
            }
            health.checked("");
        } catch (Failure failed) {
            health.checked("");
            health.failed(failed);
        } catch (RuntimeException | Error defect) {
            health.checked("");
            LOG.log(Level.ERROR, "the check of the data met a defect", defect);
        }
    }

    private static List<String> tables(SqliteConnection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var rows = connection.query(
                "SELECT name FROM sqlite_schema WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static List<String> findings(SqliteConnection connection, String check) throws SQLException {
        var findings = new ArrayList<String>();
        try (var rows = connection.query(check)) {
            while (rows.next() && findings.size() < FINDINGS_MAX) {
                findings.add(rows.getString(1));
            }
        }
        return findings;
    }

    private static void require(List<String> findings) {
        if (!findings.equals(List.of(SOUND))) {
            throw StoreProblem.STORE_CORRUPT.because(String.join("; ", findings).replace('\n', ' '));
        }
    }

    @Override
    public void close() {
        stop.set(true);
    }
}
