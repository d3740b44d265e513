package io.imaint.kernel.http;

import io.imaint.kernel.cache.Counters;
import io.imaint.kernel.cache.LocalCounters;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Counts the requests of each caller within the minutes of the clock, and refuses those above a quota. The headers are those
 * of the draft draft-ietf-httpapi-ratelimit-headers.
 */
public final class RateLimits {
    static final int WINDOW_SECONDS = 60;

    /**
     * How a caller stands after a request.
     *
     * @param remaining requests until the window ends
     * @param seconds until it ends
     */
    public record Standing(boolean allowed, int quota, int remaining, long seconds) {
        /** The answer, with the headers that say how its caller stands. */
        Answer on(Answer answer) {
            return answer.with("RateLimit-Policy", "\"caller\";q=%d;w=%d".formatted(quota, WINDOW_SECONDS))
                    .with("RateLimit", "\"caller\";r=%d;t=%d".formatted(remaining, seconds));
        }

        /** Fails with {@link HttpProblem#RATE_LIMITED} when the request is one too many. */
        public void require() {
            if (!allowed) {
                throw refusal();
            }
        }

        Failure refusal() {
            return HttpProblem.RATE_LIMITED
                    .because("more than %,d requests came within %d seconds".formatted(quota, WINDOW_SECONDS))
                    .retryAfter(Duration.ofSeconds(seconds));
        }
    }

    private final int quota;
    private final Counters counters;
    private final InstantSource clock;

    /** Limits that this process counts alone. */
    public RateLimits(int quota, InstantSource clock) {
        this(quota, new LocalCounters(clock), clock);
    }

    /**
     * @param quota requests of one caller in a minute; 0 for no limit
     * @param counters shared by the processes among which the quota is
     */
    RateLimits(int quota, Counters counters, InstantSource clock) {
        this.quota = quota;
        this.counters = counters;
        this.clock = clock;
    }

    boolean on() {
        return quota > 0;
    }

    /** Counts a request. */
    public Standing count(String caller) {
        long now = clock.millis() / 1_000;
        long end = (now / WINDOW_SECONDS + 1) * WINDOW_SECONDS;
        long count = counters.add("requests of " + caller, Long.toString(end), 1, Instant.ofEpochSecond(end));
        return new Standing(count <= quota, quota, (int) Math.max(0, quota - count), end - now);
    }
}
