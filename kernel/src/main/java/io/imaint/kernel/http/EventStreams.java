package io.imaint.kernel.http;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The streams of events that are open in this process. */
final class EventStreams implements AutoCloseable {
    /** Below the thirty seconds after which common proxies drop a silent connection. */
    private static final Duration HEARTBEAT_MAX = Duration.ofSeconds(15);

    /** Bounds what one request holds, whatever happens; a client comes back by itself. */
    private static final Duration LIFE = Duration.ofHours(1);

    private final Semaphore places;
    private final int most;
    private final Duration heartbeat;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventStreams(ApiSettings.Limits limits) {
        this.most = limits.streamsMax();
        this.places = new Semaphore(most);
        // Whoever allows only short silences wants to hear more often.
        var often = limits.idleTimeout().dividedBy(4);
        this.heartbeat = often.compareTo(HEARTBEAT_MAX) < 0 ? often : HEARTBEAT_MAX;
    }

    int count() {
        return most - places.availablePermits();
    }

    /** Takes a place for a stream; whoever gets true must {@link #run} one, or {@link #release} it. */
    boolean reserve() {
        return !closed && places.tryAcquire();
    }

    void release() {
        places.release();
    }

    /** Runs a stream to its end on the place that was reserved; false when the client did not get all of it. */
    boolean run(Opening opening, OutputStream out) {
        var stream = new EventStream(opening, heartbeat);
        open.add(stream);
        try {
            if (closed) { // Between the reservation and here; close() may have missed this one.
                stream.end();
            }
            return stream.run(out, LIFE);
        } finally {
            open.remove(stream);
            release();
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::end);
    }
}
