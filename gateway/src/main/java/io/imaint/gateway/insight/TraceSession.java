package io.imaint.gateway.insight;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows the requests of a filter until its time is over, it has enough, or it has looked at too many. */
public final class TraceSession {
    /** Requests that one session looks at, whatever it finds: each costs the gateway its record. */
    static final int LOOKED_MAX = 10_000;

    private final String id;
    private final TraceFilter filter;
    private final Instant until;
    private final int wanted;
    private final ArrayDeque<TraceRecord> records = new ArrayDeque<>();
    private final Consumer<TraceRecord> listener;
    private int running;
    private int looked;

    TraceSession(String id, TraceFilter filter, Instant until, int wanted, Consumer<TraceRecord> listener) {
        this.id = id;
        this.filter = filter;
        this.until = until;
        this.wanted = wanted;
        this.listener = listener;
    }

    public String id() {
        return id;
    }

    public TraceFilter filter() {
        return filter;
    }

    /** When it ends. */
    public Instant until() {
        return until;
    }

    /** What was recorded, in order. */
    public synchronized List<TraceRecord> records() {
        return List.copyOf(records);
    }

    /** Whether it follows one more request; only the end of the request shows whether the filter accepts it. */
    synchronized boolean takes() {
        if (records.size() >= wanted || running >= Insight.RECORDS_MAX || looked >= LOOKED_MAX) {
            return false;
        }
        looked++;
        running++;
        return true;
    }

    synchronized boolean isOver(Instant now) {
        return now.isAfter(until) || records.size() >= wanted || (looked >= LOOKED_MAX && running == 0);
    }

    /** A request that it took has ended; empty when it is none of those wanted. */
    void ended(Optional<TraceRecord> record) {
        synchronized (this) {
            running--;
            if (record.isEmpty() || records.size() >= wanted) {
                return;
            }
            records.addLast(record.get());
        }
        listener.accept(record.get());
    }
}
