package io.imaint.kernel.http;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private final int mostOfCaller;
    private final Map<String, Integer> ofCaller = new ConcurrentHashMap<>();
    private final Duration heartbeat;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventStreams(ApiSettings.Limits limits) {
        this.most = limits.streamsMax();
        this.mostOfCaller = limits.streamsPerCallerMax();
        this.places = new Semaphore(most);
        // Whoever allows only short silences wants to hear more often.
        var often = limits.idleTimeout().dividedBy(4);
        this.heartbeat = often.compareTo(HEARTBEAT_MAX) < 0 ? often : HEARTBEAT_MAX;
    }

    int count() {
        return most - places.availablePermits();
    }

    /**
     * Takes a place for a stream; whoever gets empty must {@link #run} it, or {@link #release} the place.
     *
     * @return the answer instead of the stream, where there is no place
     */
    Optional<Answer> reserve(Opening opening) {
        var caller = opening.caller().id();
        if (closed || !places.tryAcquire()) {
            return Optional.of(
                    Answer.problem(HttpProblem.SERVER_BUSY, "as many streams of events as allowed are open"));
        }
        if (ofCaller.merge(caller, 1, Integer::sum) > mostOfCaller) {
            release(opening);
            return Optional.of(Answer.problem(
                    HttpProblem.STREAM_LIMIT_REACHED,
                    "%s has %d streams of events open already".formatted(caller, mostOfCaller)));
        }
        return Optional.empty();
    }

    void release(Opening opening) {
        ofCaller.computeIfPresent(opening.caller().id(), (same, count) -> count == 1 ? null : count - 1);
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
            release(opening);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::end);
    }
}
