package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to those who use the store. */
final class SqliteFailures {
    private SqliteFailures() {}

    static Failure failure(SQLException failed) {
        var code = code(failed);
        var detail = String.valueOf(failed.getMessage());
        return switch (code) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT, SQLITE_CONSTRAINT_PRIMARYKEY ->
                StoreProblem.DUPLICATE.because("a unique index of the collection refused it", failed);
            case SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE ->
                StoreProblem.STORE_FULL.because(detail, failed);
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CORRUPT_VTAB, SQLITE_IOERR_SHORT_READ, SQLITE_CORRUPT_INDEX ->
                StoreProblem.STORE_CORRUPT.because(detail, failed);
            default ->
                switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
                    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                        StoreProblem.STORE_BUSY.because("another process holds the data", failed);
                    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_IOERR, SQLITE_NOMEM ->
                        StoreProblem.STORE_UNREACHABLE.because(detail, failed);
                    default -> throw new AssertionError("a statement of ours is wrong", failed);
                };
        };
    }

    /** True when the transaction is gone or useless, not only the statement that failed. */
    static boolean endsTransaction(SQLException failed) {
        return switch (SQLiteErrorCode.getErrorCode(code(failed).code & 0xFF)) {
            case SQLITE_CONSTRAINT -> false;
            default -> true;
        };
    }

    private static SQLiteErrorCode code(SQLException failed) {
        return failed instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
