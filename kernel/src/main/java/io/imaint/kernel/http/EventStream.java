package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.telemetry.RequestId;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of events, as the HTML standard writes them.
 *
 * <pre>
 *   handler's thread ──send──► queue, bounded in bytes ──► request's thread ──► socket
 * </pre>
 *
 * <p>The caller is authenticated again at each heartbeat, and before an event when the last time is longer ago than a
 * second. The stream ends when they are no longer let in or their rights have changed; the client returns by itself, and
 * reads on with what it may read now.
 *
 * <p>A queue that is full means that the client reads slower than events arise; its writer is interrupted, and the
 * connection closed.
 */
final class EventStream implements EventSink<Object> {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

    /** Bytes that may wait for one client: thousands of events, and with all streams open still no heap. */
    static final int PENDING_BYTES_MAX = 256 << 10;

    /** How long the handler may go on after the end, to notice it. */
    private static final Duration HANDLER_TIME = Duration.ofSeconds(5);

    /** How old the knowledge of a caller's rights may be when an event is sent to them. */
    private static final Duration STANDING_AGE_MAX = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = new byte[0]; // No event is empty.

    private final Opening opening;
    private final Duration heartbeat;
    private final LinkedBlockingQueue<byte[]> pending = new LinkedBlockingQueue<>();
    private final AtomicInteger pendingBytes = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread writer;

    EventStream(Opening opening, Duration heartbeat) {
        this.opening = opening;
        this.heartbeat = heartbeat;
    }

    @Override
    public boolean send(String id, String name, Object data) {
        assert NAME.matcher(name).matches() : name;
        assert id.chars().noneMatch(character -> character == '\n' || character == '\r' || character == 0) : id;
        if (ended.getCount() == 0) {
            return false;
        }
        var json = new String(Json.bytes(data), StandardCharsets.UTF_8); // One line: the writer indents nothing.
        var text = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + json + "\n\n";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (pendingBytes.addAndGet(bytes.length) > PENDING_BYTES_MAX) {
            LOG.log(Level.INFO, "a client was cut off: it read slower than events arose");
            cutOff();
            return false;
        }
        pending.add(bytes);
        return true;
    }

    @Override
    public String lastEventId() {
        return opening.lastEventId();
    }

    @Override
    public boolean awaitEnd(Duration patience) {
        try {
            return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the stream once what waits is written. */
    void end() {
        ended.countDown();
        pending.add(LAST);
    }

    private void cutOff() {
        ended.countDown();
        var writing = writer;
        if (writing != null) {
            writing.interrupt();
        }
    }

    /**
     * Runs the stream to its end, which comes at the latest when its life is over; false when the client did not get
     * all of it.
     */
    boolean run(OutputStream out, Duration life) {
        var id = RequestId.current().orElse("");
        writer = Thread.currentThread();
        var handling = Thread.ofVirtual().name("events-" + id).start(() -> handle(id));
        boolean whole = write(out, System.nanoTime() + life.toNanos());
        handling.interrupt();
        try {
            handling.join(HANDLER_TIME);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return whole;
    }

    private void handle(String requestId) {
        try {
            ScopedValue.where(RequestId.scoped(), requestId).run(() -> {
                Runnable work = () -> opening.work().handler().accept(opening.input(), this);
                ScopedValue.where(Caller.scoped(), opening.caller()).run(work);
            });
        } catch (RuntimeException | Error defect) { // The head is sent; the log is the only place to say it.
            LOG.log(Level.ERROR, "a stream of events failed", defect);
        } finally {
            end();
        }
    }

    private boolean standing() {
        try {
            return opening.standing().getAsBoolean();
        } catch (RuntimeException unknown) { // Who cannot be authenticated gets nothing.
            LOG.log(Level.INFO, "a stream of events ends: its caller cannot be authenticated", unknown);
            return false;
        }
    }

    private boolean write(OutputStream out, long endOfLife) {
        try {
            out.write(HEARTBEAT); // Sends the head at once, so that the client knows that it is connected.
            out.flush();
            long asked = System.nanoTime();
            while (true) {
                var next = pending.poll(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
                if (next != null && next.length == 0) {
                    out.close();
                    return true;
                }
                long now = System.nanoTime();
                if (next == null || now - asked > STANDING_AGE_MAX.toNanos()) {
                    if (!standing()) {
                        ended.countDown(); // What waits is not for them any more.
                        out.close();
                        return true;
                    }
                    asked = now;
                }
                out.write(next == null ? HEARTBEAT : next);
                if (next != null) {
                    pendingBytes.addAndGet(-next.length);
                }
                if (pending.isEmpty()) {
                    out.flush();
                }
                if (now - endOfLife > 0 && ended.getCount() > 0) {
                    end();
                }
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, () -> "a client of events has left: " + gone.getMessage());
        } catch (InterruptedException cutOff) {
            LOG.log(Level.TRACE, "a client of events was cut off");
        } finally {
            ended.countDown();
            writer = null;
            Thread.interrupted(); // It came from cutting off, which is done now.
        }
        return false;
    }
}
