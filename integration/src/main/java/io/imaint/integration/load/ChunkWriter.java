package io.imaint.integration.load;

import io.imaint.integration.state.Stop;
import io.imaint.store.Document;
import io.imaint.store.Documents.Upserted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The writer of one page: takes documents from the thread that parses and writes them in chunks on a thread of its own,
 * so that reading and writing overlap.
 *
 * <p>Once writing has failed the writer goes on taking chunks without writing them, until the end; so the parser never
 * waits for a queue that nobody empties, and learns of the failure with its next chunk.
 */
final class ChunkWriter implements AutoCloseable {
    /** Large enough that a commit's cost is spread, small enough that little is read again after a crash. */
    static final int CHUNK_ROWS = 1000;

    /** One being written and one ready; more would only take memory. */
    private static final int CHUNKS_WAITING_MAX = 2;

    /** No chunk is empty but this. */
    private static final List<Document> END = List.of();

    private final Function<List<Document>, Upserted> write;
    private final LongConsumer written;
    private final BlockingQueue<List<Document>> queue = new ArrayBlockingQueue<>(CHUNKS_WAITING_MAX);
    private final Thread thread;
    private List<Document> chunk = new ArrayList<>(CHUNK_ROWS);
    private volatile @Nullable Throwable failure;
    private Upserted upserted = Upserted.NONE;
    private long rows;
    private boolean ended;

    /**
     * @param write makes a chunk durable; what it throws ends the page
     * @param written hears how many rows of the page are durable
     */
    ChunkWriter(Function<List<Document>, Upserted> write, LongConsumer written) {
        this.write = write;
        this.written = written;
        // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
        this.thread = Thread.ofPlatform().daemon().name("inbound-writer").start(this::write);
    }

    void add(Document document) {
        chunk.add(document);
        if (chunk.size() == CHUNK_ROWS) {
            flush();
        }
    }

    /** Returns when all rows are durable. */
    Upserted finish() {
        if (!chunk.isEmpty()) {
            flush();
        }
        close();
        rethrow();
        return upserted;
    }

    /** Returns when the writer has ended; what it had been given is written, what was not full is not. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            queue.put(END);
            thread.join();
        } catch (InterruptedException ignored) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            failure = new Stop.Requested();
        }
    }

    private void flush() {
        rethrow();
        try {
            queue.put(chunk);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            throw new Stop.Requested();
        }
        chunk = new ArrayList<>(CHUNK_ROWS);
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case Throwable failed -> throw new AssertionError(failed);
        }
    }

    private void write() {
        try {
            for (var next = queue.take(); !next.isEmpty(); next = queue.take()) {
                if (failure == null) {
                    attempt(next);
                }
            }
        } catch (InterruptedException ignored) {
            failure = new Stop.Requested(); // The thread ends with it.
        }
    }

    private void attempt(List<Document> chunkRead) {
        try {
            upserted = upserted.plus(write.apply(chunkRead));
            rows += chunkRead.size();
            written.accept(rows);
        } catch (RuntimeException | Error failed) { // Whatever it is, the parser's thread reports it.
            failure = failed;
        }
    }
}
