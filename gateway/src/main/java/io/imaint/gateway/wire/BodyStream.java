package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from the connection that reads it to the one that sends it, which may belong to different threads.
 * When the one that sends is slow, the queue between them fills, and the one that reads stops reading; so the other end
 * is slowed down, and memory stays bounded.
 */
final class BodyStream implements Body.Streamed, Source {
    /** Queued bytes at which reading stops. */
    static final int QUEUED_MAX = 256 << 10;

    /** Queued bytes at which reading goes on. */
    private static final int QUEUED_AGAIN = 64 << 10;

    /** The connection that reads; called on any thread. */
    interface Producer {
        /** There is room again. */
        void resume();

        /** The rest is not wanted. */
        void cancelled();
    }

    private final long length;
    private final Producer producer;
    private final Queue<ByteBuf> queue = new ArrayDeque<>();
    private long queued;
    private boolean paused;
    private boolean finished;
    private boolean failed;
    private boolean cancelled;
    private @Nullable Runnable wake;

    /**
     * @param length that is announced; -1 for none
     */
    BodyStream(long length, Producer producer) {
        this.length = length;
        this.producer = producer;
    }

    /** A body that has come whole. */
    static BodyStream whole(ByteBuf bytes, Producer producer) {
        var stream = new BodyStream(bytes.readableBytes(), producer);
        stream.queue.add(bytes);
        stream.queued = bytes.readableBytes();
        stream.finished = true;
        return stream;
    }

    /** Whether it has come whole before anybody opened it, in one piece of so many bytes at most. */
    synchronized boolean isWhole(int sizeMax) {
        return finished && wake == null && queue.size() == 1 && queued <= sizeMax;
    }

    /** Takes a piece; false when reading should stop until {@link Producer#resume}. */
    boolean offer(ByteBuf piece) {
        Runnable woken;
        boolean room;
        synchronized (this) {
            if (cancelled || failed) {
                piece.release();
                return true;
            }
            queue.add(piece);
            queued += piece.readableBytes();
            paused |= queued >= QUEUED_MAX;
            woken = wake;
            room = !paused;
        }
        if (woken != null) {
            woken.run();
            synchronized (this) {
                room = !paused;
            }
        }
        return room;
    }

    /** All pieces were offered. */
    void finish() {
        Runnable woken;
        synchronized (this) {
            finished = true;
            woken = wake;
        }
        if (woken != null) {
            woken.run();
        }
    }

    /** The rest will never come. What is queued is dropped: half a body is of no use. */
    void fail() {
        Runnable woken;
        synchronized (this) {
            if (finished || cancelled) {
                return;
            }
            failed = true;
            drop();
            woken = wake;
        }
        if (woken != null) {
            woken.run();
        }
    }

    private void drop() {
        queue.forEach(ByteBuf::release);
        queue.clear();
        queued = 0;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void open(Runnable woken) {
        synchronized (this) {
            wake = woken;
        }
    }

    /** Whether somebody sends it. */
    synchronized boolean opened() {
        return wake != null;
    }

    @Override
    public @Nullable ByteBuf poll() {
        ByteBuf piece;
        boolean resumes;
        synchronized (this) {
            piece = queue.poll();
            if (piece == null) {
                return null;
            }
            queued -= piece.readableBytes();
            resumes = paused && queued <= QUEUED_AGAIN;
            paused &= !resumes;
        }
        if (resumes) {
            producer.resume();
        }
        return piece;
    }

    @Override
    public synchronized boolean ended() {
        return finished && queue.isEmpty();
    }

    @Override
    public synchronized boolean failed() {
        return failed || cancelled;
    }

    @Override
    public void cancel() {
        boolean coming;
        synchronized (this) {
            if (cancelled || failed || (finished && queue.isEmpty())) {
                return;
            }
            cancelled = true;
            coming = !finished; // Afterwards the producer is at another body.
            drop();
        }
        if (coming) {
            producer.cancelled();
        }
    }

    @Override
    public String toString() {
        return "a stream";
    }
}
