package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this process that writes to the file.
 *
 * <p>A commit waits for the disk, which takes far longer than the write itself. So writes queue up, and all that wait
 * when the disk is free share the next transaction and its one sync. Each runs in a savepoint of its own: one that fails
 * takes nothing of the others with it. None is answered before the commit, so that whatever was acknowledged is on the
 * disk.
 *
 * <p>When the transaction itself breaks (the disk is full, say) nobody knows whose fault it is; then it is undone and
 * each of its writes is tried once more alone, and the one to blame gets the failure.
 *
 * <p>Other processes may write to the same file; the transaction takes SQLite's lock at its beginning and waits for it a
 * limited time.
 */
final class SqliteWriter implements AutoCloseable {
    /** Bounds memory when writers are faster than the disk; beyond it they wait. */
    private static final int QUEUE_MAX = 1_024;

    /** Bounds how long the first write of a transaction waits for its last. */
    private static final int SHARED_MAX = 256;

    /** A write that finds no place in the queue for so long is refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Times that a transaction is begun before the file counts as busy; SQLite waits seconds each time. */
    private static final int BEGIN_ATTEMPTS_MAX = 3;

    /** Smaller collections are read fast by any plan. */
    static final long ANALYSE_FROM = 1_000;

    /** Rows of each index that the statistics look at; enough to tell a selective one, and quick at any size. */
    private static final int ANALYSE_ROWS = 2_000;

    /** A write: what it does within a transaction, and its answer. */
    interface Write<R> {
        R run(SqliteTransaction transaction) throws SQLException;
    }

    private static final class Waiting<R> {
        private final Write<R> write;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private @Nullable R result;
        private @Nullable RuntimeException failure;
        private @Nullable Error defect;

        private Waiting(Write<R> write) {
            this.write = write;
        }

        @SuppressWarnings("NullAway") // The result was set when neither failure was.
        private void acknowledge() {
            if (defect != null) {
                answer.completeExceptionally(defect);
            } else if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result);
            }
        }
    }

    private final SqliteConnection connection;
    private final StoreHealth health;
    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Waiting<Boolean> last = new Waiting<>(transaction -> true);
    private final AtomicInteger statistics = new AtomicInteger();
    private final Thread thread;
    private final boolean refusing;
    private volatile boolean closing;

    SqliteWriter(SqliteConnection connection, StoreHealth health) {
        this(connection, health, false);
    }

    /** The writer of a store that was opened to be read: a write is an error in the code. */
    static SqliteWriter refusing(SqliteConnection connection, StoreHealth health) {
        return new SqliteWriter(connection, health, true);
    }

    private SqliteWriter(SqliteConnection connection, StoreHealth health, boolean refusing) {
        this.connection = connection;
        this.refusing = refusing;
        this.health = health;
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).start(this::work);
    }

    /** Grows whenever plans may have become better; a reader prepared before should be opened anew. */
    int statistics() {
        return statistics.get();
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Runs a write and returns its answer once it is durable. */
    <R> R write(Write<R> write) {
        if (refusing) {
            throw new AssertionError("the store was opened to be read");
        }
        var waiting = new Waiting<>(write);
        try {
            if (closing || !queue.offer(waiting, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StoreProblem.STORE_BUSY.because(closing ? "it is closing" : "too many writes wait");
            }
            return waiting.answer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw StoreProblem.STORE_BUSY.because("the write was interrupted while it waited", interrupted);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Failure failure) {
                throw failure.code().because(failure.detail(), failure);
            }
            if (failed.getCause() instanceof Error defect) {
                throw defect;
            }
            throw failed;
        }
    }

    private void work() {
        var shared = new ArrayList<Waiting<?>>(SHARED_MAX);
        boolean open = true;
        while (open) {
            shared.clear();
            try {
                shared.add(queue.take());
            } catch (InterruptedException notOurs) {
                continue; // Only the last write ends this thread.
            }
            queue.drainTo(shared, SHARED_MAX - 1);
            open = !shared.remove(last);
            together(shared);
        }
        var late = new ArrayList<Waiting<?>>();
        queue.drainTo(late);
        late.forEach(waiting -> waiting.answer.completeExceptionally(StoreProblem.STORE_BUSY.because("it is closed")));
        last.answer.complete(true);
    }

    private void together(List<Waiting<?>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        try {
            commit(writes);
        } catch (SQLException | RuntimeException | Error failed) {
            rollback();
            if (writes.size() == 1) {
                writes.getFirst().answer.completeExceptionally(known(failed));
                return;
            }
            writes.forEach(write -> together(List.of(write)));
            return;
        }
        health.wrote();
        writes.forEach(Waiting::acknowledge);
    }

    private void commit(List<Waiting<?>> writes) throws SQLException {
        begin();
        var transaction = new SqliteTransaction(connection);
        if (writes.size() == 1) {
            alone(writes.getFirst(), transaction);
        } else {
            for (var write : writes) {
                run(write, transaction);
            }
        }
        var outgrown = transaction.finish();
        connection.execute("COMMIT");
        outgrown.ifPresent(this::analyse);
    }

    /** A savepoint makes each statement of a bulk write slower than the one before, and one write needs none. */
    private static <R> void alone(Waiting<R> waiting, SqliteTransaction transaction) throws SQLException {
        waiting.failure = null;
        waiting.defect = null;
        waiting.result = waiting.write.run(transaction);
    }

    private <R> void run(Waiting<R> waiting, SqliteTransaction transaction) throws SQLException {
        waiting.failure = null;
        waiting.defect = null;
        var before = transaction.mark();
        connection.execute("SAVEPOINT write");
        try {
            waiting.result = waiting.write.run(transaction);
            connection.execute("RELEASE write");
            return;
        } catch (SQLException failed) {
            if (SqliteFailures.endsTransaction(failed)) {
                throw failed;
            }
            waiting.failure = SqliteFailures.failure(failed);
        } catch (RuntimeException failed) {
            waiting.failure = failed;
        } catch (Error defect) {
            waiting.defect = defect;
        }
        transaction.backTo(before);
        connection.execute("ROLLBACK TO write");
        connection.execute("RELEASE write");
    }

    private void begin() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                connection.execute("BEGIN IMMEDIATE");
                return;
            } catch (SQLException failed) {
                if (attempt == BEGIN_ATTEMPTS_MAX
                        || SqliteFailures.failure(failed).code() != StoreProblem.STORE_BUSY) {
                    throw failed;
                }
            }
        }
    }

    private void rollback() {
        try {
            connection.execute("ROLLBACK");
        } catch (SQLException gone) {
            // SQLite has undone the transaction itself, as it does when the disk is full.
            System.getLogger(SqliteWriter.class.getName())
                    .log(System.Logger.Level.DEBUG, "no transaction to undo", gone);
        }
    }

    private Throwable known(Throwable failed) {
        try {
            return failed instanceof SQLException sql ? health.failed(SqliteFailures.failure(sql)) : failed;
        } catch (AssertionError defect) {
            return defect;
        }
    }

    /** Tells the planner how selective the indexes of a collection are, after it has doubled. */
    private void analyse(String collection) {
        try {
            analyse(connection, collection);
            statistics.incrementAndGet();
        } catch (SQLException failed) { // Plans stay as they were; the write itself is done.
            System.getLogger(SqliteWriter.class.getName())
                    .log(System.Logger.Level.DEBUG, "no new statistics of " + collection, failed);
        }
    }

    /** Tells the planner how selective the indexes of a collection are, after some were built. */
    void analyseNow(String collection) {
        write(transaction -> {
            analyse(transaction.connection(), collection);
            return true;
        });
        statistics.incrementAndGet();
    }

    private static void analyse(SqliteConnection connection, String collection) throws SQLException {
        connection.execute("PRAGMA analysis_limit=" + ANALYSE_ROWS);
        connection.execute("ANALYZE \"" + collection + '"');
        connection.update("UPDATE imaint_collections SET analysed=documents WHERE name=?", collection);
    }

    /** Finishes the writes that wait, then ends. */
    @Override
    public void close() {
        closing = true;
        try {
            queue.put(last);
            last.answer.join();
            thread.join();
            connection.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException failed) {
            throw SqliteFailures.failure(failed);
        }
    }
}
