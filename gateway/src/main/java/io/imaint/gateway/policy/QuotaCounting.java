package io.imaint.gateway.policy;

import io.imaint.gateway.policy.QuotaInterval.Unit;
import io.imaint.gateway.policy.QuotaInterval.Window;
import io.imaint.kernel.cache.Counters;
import java.time.Instant;

/**
 * Counts calls in intervals of one kind.
 *
 * <p>A rolling window needs only two counters: that of the present aligned interval, and that of the one before, of which the share
 * counts that the window still covers. The calls of the interval before are taken to be spread evenly.
 *
 * @param startsAt of calendar intervals, in milliseconds
 */
record QuotaCounting(QuotaInterval.Type type, long startsAt) {
    /** How many intervals a counter outlives its own: a rolling window asks for the one before. */
    private static final int KEPT = 2;

    /**
     * What was counted.
     *
     * @param total in the interval, with the addition
     * @param window the interval; that of a rolling window ends when a call made now no longer counts
     */
    record Count(long total, Window window) {}

    Count add(Counters counters, String name, long weight, Instant now, long interval, Unit unit) {
        return switch (type) {
            case DEFAULT -> counted(counters, name, weight, QuotaInterval.withUnit(now, interval, unit));
            case CALENDAR -> counted(counters, name, weight, QuotaInterval.from(startsAt, now, interval, unit));
            case FLEXI -> counted(counters, name, weight, flexible(counters, name, now, unit.millis(interval)));
            case ROLLINGWINDOW -> rolling(counters, name, weight, now, QuotaInterval.from(0, now, interval, unit));
        };
    }

    private static Count counted(Counters counters, String name, long weight, Window window) {
        return new Count(counters.add(name, window.id(), weight, expiry(window)), window);
    }

    private static Instant expiry(Window window) {
        return Instant.ofEpochMilli(window.start() + KEPT * (window.end() - window.start()));
    }

    private static Count rolling(Counters counters, String name, long weight, Instant now, Window window) {
        long length = window.end() - window.start();
        long covered = window.end() - now.toEpochMilli();
        var before = window.previous();
        long earlier = counters.add(name, before.id(), 0, expiry(before));
        long current = counters.add(name, window.id(), weight, expiry(window));
        long total = current + Math.round((double) earlier * covered / length);
        return new Count(total, new Window(now.toEpochMilli() - length, now.toEpochMilli() + length));
    }

    /** The start of the interval is itself a counter, so that all processes agree: who sees it in the future was second. */
    private static Window flexible(Counters counters, String name, Instant now, long length) {
        var starts = name + " start";
        var keep = now.plusMillis(KEPT * length);
        long start = counters.add(starts, "flexi", 0, keep);
        if (start + length <= now.toEpochMilli()) {
            long moved = now.toEpochMilli() - start;
            start = counters.add(starts, "flexi", moved, keep);
            if (start > now.toEpochMilli()) {
                start = counters.add(starts, "flexi", -moved, keep);
            }
        }
        return new Window(start, start + length);
    }
}
