package io.imaint.integration.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far SAP's clock is ahead of ours, estimated from the times in its answers, which have whole seconds only.
 *
 * <pre>
 *   ours   asked ├──────────────┤ answered          SAP wrote its time somewhere in between,
 *   SAP's            served ├────────┤ served + 1s  and cut off up to a second of it
 *
 *   served − answered  ≤  skew  ≤  served + 1s − asked
 * </pre>
 *
 * <p>Each answer gives such a range; what all of them agree on is far narrower than a second. When they no longer agree,
 * a clock was set, and the newest answer counts. Safe for use by many threads.
 */
public final class ClockSkew {
    private static final long SECOND = 1000;

    /** What clocks that are kept right by NTP never reach. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    /** Clocks drift some ten milliseconds in a minute at worst; so old answers say less. */
    private static final double DRIFT = 0.0005;

    private long least;
    private long most;
    private long knownAt;
    private boolean known;
    private boolean reported;

    public synchronized void answered(Instant asked, Instant answered, Instant served) {
        long low = served.toEpochMilli() - answered.toEpochMilli();
        long high = served.toEpochMilli() + SECOND - asked.toEpochMilli();
        long now = answered.toEpochMilli();
        if (known) {
            long slack = (long) Math.ceil(Math.max(0, now - knownAt) * DRIFT);
            long agreedLow = Math.max(low, least - slack);
            long agreedHigh = Math.min(high, most + slack);
            if (agreedLow <= agreedHigh) {
                low = agreedLow;
                high = agreedHigh;
            }
        }
        least = low;
        most = high;
        knownAt = now;
        known = true;
    }

    /** The estimate when it is so large that somebody should mend a clock, and was not reported since it became so. */
    public synchronized Optional<Duration> toReport() {
        boolean large = estimate().abs().compareTo(TOLERATED) > 0;
        boolean due = large && !reported;
        reported = large;
        return due ? Optional.of(estimate()) : Optional.empty();
    }

    /** The best estimate; zero before the first answer. */
    public synchronized Duration estimate() {
        return known ? Duration.ofMillis(Math.floorDiv(least + most, 2)) : Duration.ZERO;
    }
}
