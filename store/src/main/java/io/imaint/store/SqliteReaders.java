package io.imaint.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The connections that read. Each sees what was committed when its statement began and is in nobody's way. */
final class SqliteReaders implements AutoCloseable {
    /** Reading costs processor time, so more than a few for each processor only wait for each other. */
    private static final int READERS_MAX = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    interface Read<R> {
        R run(SqliteConnection connection) throws SQLException;
    }

    /** How a connection is opened. */
    interface Opening {
        SqliteConnection open() throws SQLException;
    }

    /** @param imagined how many of the imagined tables it has */
    private record Reader(SqliteConnection connection, int statistics, int imagined) {}

    private final Opening opening;
    private final IntSupplier statistics;
    private final StoreHealth health;
    private final Semaphore places = new Semaphore(READERS_MAX, true);
    private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
    private final List<SqliteTable> imagined = new CopyOnWriteArrayList<>();

    SqliteReaders(Opening opening, IntSupplier statistics, StoreHealth health) {
        this.opening = opening;
        this.statistics = statistics;
        this.health = health;
    }

    /** From now on a collection that the file lacks is empty, where it cannot be made. */
    void imagine(SqliteTable table) {
        imagined.add(table);
    }

    <R> R read(Read<R> read) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StoreProblem.STORE_BUSY.because("too many reads wait");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw StoreProblem.STORE_BUSY.because("the read was interrupted while it waited", interrupted);
        }
        try {
            var reader = taken();
            try {
                return read.run(reader.connection());
            } finally {
                idle.push(reader);
            }
        } catch (SQLException failed) {
            throw health.failed(SqliteFailures.failure(failed));
        } catch (IllegalArgumentException damaged) {
            throw health.failed(StoreProblem.STORE_CORRUPT.because("a document cannot be read", damaged));
        } finally {
            places.release();
        }
    }

    private Reader taken() throws SQLException {
        int newest = statistics.getAsInt();
        for (var reader = idle.poll(); reader != null; reader = idle.poll()) {
            if (reader.statistics() == newest) {
                return imagining(reader);
            }
            reader.connection().close();
        }
        return imagining(new Reader(opening.open(), newest, 0));
    }

    private Reader imagining(Reader reader) throws SQLException {
        int known = reader.imagined();
        for (; known < imagined.size(); known++) {
            imagined.get(known).imagine(reader.connection());
        }
        return known == reader.imagined() ? reader : new Reader(reader.connection(), reader.statistics(), known);
    }

    @Override
    public void close() {
        places.acquireUninterruptibly(READERS_MAX);
        try {
            for (var reader = idle.poll(); reader != null; reader = idle.poll()) {
                reader.connection().close();
            }
        } catch (SQLException failed) {
            throw SqliteFailures.failure(failed);
        } finally {
            places.release(READERS_MAX);
        }
    }
}
