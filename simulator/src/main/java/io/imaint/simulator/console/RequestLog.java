package io.imaint.simulator.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. Safe for use by many threads. */
public final class RequestLog {
    /** Some minutes of a busy system, and less than a megabyte of memory. */
    private static final int ENTRIES_MAX = 2000;

    private static final int TARGET_LENGTH_MAX = 300;

    /**
     * One request.
     *
     * @param session its number, 0 for none
     * @param target path and query; a long one is shortened
     * @param status 0 when the connection closed without an answer
     * @param bytes of the answer's body
     * @param faults those that befell it
     */
    public record Entry(
            Instant at,
            String user,
            long session,
            String method,
            String target,
            int status,
            Duration took,
            long bytes,
            List<String> faults) {
        public Entry {
            target = target.length() <= TARGET_LENGTH_MAX ? target : target.substring(0, TARGET_LENGTH_MAX) + "…";
        }
    }

    private final Deque<Entry> latest = new ArrayDeque<>(ENTRIES_MAX);
    private long total;

    public synchronized void add(Entry entry) {
        if (latest.size() == ENTRIES_MAX) {
            latest.removeLast();
        }
        latest.addFirst(entry);
        total++;
    }

    /** Those that are remembered, the newest first. */
    public synchronized List<Entry> latest() {
        return List.copyOf(latest);
    }

    /** How many there were in all. */
    public synchronized long total() {
        return total;
    }
}
