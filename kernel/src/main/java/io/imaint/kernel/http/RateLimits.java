package io.imaint.kernel.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the requests of each caller within windows of a minute, and refuses those above a quota. The headers are those
 * of the draft draft-ietf-httpapi-ratelimit-headers.
 */
final class RateLimits {
    static final int WINDOW_SECONDS = 60;

    /** Callers that are counted at once; the one that has been silent for longest is forgotten first. */
    private static final int CALLERS_MAX = 10_000;

    private static final class Window {
        private long began;
        private int count;
    }

    /**
     * How a caller stands after a request.
     *
     * @param remaining requests until the window ends
     * @param seconds until it ends
     */
    record Standing(boolean allowed, int quota, int remaining, long seconds) {
        /** The answer, with the headers that say how its caller stands. */
        Answer on(Answer answer) {
            return answer.with("RateLimit-Policy", "\"caller\";q=%d;w=%d".formatted(quota, WINDOW_SECONDS))
                    .with("RateLimit", "\"caller\";r=%d;t=%d".formatted(remaining, seconds));
        }

        Answer refusal() {
            var detail = "more than %,d requests came within %d seconds".formatted(quota, WINDOW_SECONDS);
            return Answer.problem(HttpProblem.RATE_LIMITED, detail).with("Retry-After", Long.toString(seconds));
        }
    }

    private final int quota;
    private final InstantSource clock;

    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > CALLERS_MAX;
        }
    };

    /**
     * Limits of a server.
     *
     * @param quota requests of one caller in a minute; 0 for no limit
     */
    RateLimits(int quota, InstantSource clock) {
        this.quota = quota;
        this.clock = clock;
    }

    boolean on() {
        return quota > 0;
    }

    /** Counts a request. */
    synchronized Standing count(String caller) {
        long now = clock.millis() / 1_000;
        var window = windows.computeIfAbsent(caller, unknown -> new Window());
        if (now < window.began || now - window.began >= WINDOW_SECONDS) {
            window.began = now;
            window.count = 0;
        }
        boolean allowed = window.count < quota;
        if (allowed) {
            window.count++;
        }
        return new Standing(allowed, quota, quota - window.count, window.began + WINDOW_SECONDS - now);
    }

    synchronized int callers() {
        return windows.size();
    }
}
