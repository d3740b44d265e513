package io.imaint.gateway.insight;

import io.imaint.gateway.flow.FlowObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What went through the gateway, minute by minute, for the last day. Each process keeps its own; they are lost when it stops, and the metrics of
 * {@code /metrics} are what a monitoring system keeps.
 */
public final class Figures {
    /** A day of minutes. */
    private static final int MINUTES_MAX = 24 * 60;

    /** Combinations of proxy, application and status in one minute; what is beyond counts as {@link #OTHER}. */
    private static final int SERIES_MAX = 500;

    private static final long MINUTE_MILLIS = 60_000;

    private static final Key OTHER = new Key("other", "", 0);

    private final InstantSource clock;
    private final ArrayDeque<Minute> minutes = new ArrayDeque<>();
    private volatile Minute present;

    public Figures(InstantSource clock) {
        this.clock = clock;
        this.present = new Minute(minute(clock.instant()));
    }

    private record Key(String proxy, String application, int status) {}

    private static final class Series {
        private final LongAdder count = new LongAdder();
        private final LongAdder faults = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAdder targetNanos = new LongAdder();
        private final Histogram latency = new Histogram();
    }

    private record Minute(long start, Map<Key, Series> series) {
        Minute(long start) {
            this(start, new ConcurrentHashMap<>());
        }
    }

    private static long minute(Instant instant) {
        return instant.getEpochSecond() / 60;
    }

    void add(FlowObserver.Outcome outcome) {
        var minute = present;
        long now = clock.millis() / MINUTE_MILLIS;
        if (minute.start != now) {
            minute = next(now);
        }
        var key = new Key(outcome.proxy(), outcome.application(), outcome.status());
        var series = minute.series.get(key);
        if (series == null) {
            series = minute.series.computeIfAbsent(
                    minute.series.size() < SERIES_MAX ? key : OTHER, fresh -> new Series());
        }
        series.count.increment();
        series.nanos.add(outcome.nanos());
        series.targetNanos.add(outcome.targetNanos());
        series.latency.add(outcome.nanos());
        if (outcome.fault()) {
            series.faults.increment();
        }
    }

    private synchronized Minute next(long now) {
        if (present.start < now) {
            minutes.addLast(present);
            while (!minutes.isEmpty() && minutes.getFirst().start <= now - MINUTES_MAX) {
                minutes.removeFirst();
            }
            present = new Minute(now);
        }
        return present;
    }

    /**
     * Requests of a proxy, an application and a status in a while.
     *
     * @param millis the median, the 95th and the 99th percentile of the duration
     */
    public record Total(
            String proxy,
            String application,
            int status,
            long requests,
            long faults,
            Percentiles millis,
            double targetMillisMean) {}

    /** Durations that a half, 95 and 99 of a hundred stayed below, in milliseconds. */
    public record Percentiles(double p50, double p95, double p99) {
        static Percentiles of(long[] counts) {
            return new Percentiles(
                    Histogram.percentileMillis(counts, 0.5),
                    Histogram.percentileMillis(counts, 0.95),
                    Histogram.percentileMillis(counts, 0.99));
        }
    }

    /** One minute of a proxy. */
    public record Point(Instant time, long requests, long faults, Percentiles millis) {}

    /** The totals of the last minutes, most requests first. */
    public List<Total> totals(int lastMinutes) {
        var sums = new java.util.HashMap<Key, Sum>();
        for (var minute : last(lastMinutes)) {
            minute.series.forEach((key, series) ->
                    sums.computeIfAbsent(key, fresh -> new Sum()).add(series));
        }
        var totals = new ArrayList<Total>();
        sums.forEach((key, sum) -> totals.add(new Total(
                key.proxy,
                key.application,
                key.status,
                sum.count,
                sum.faults,
                Percentiles.of(sum.latency),
                sum.count == 0 ? 0 : sum.targetNanos / 1e6 / sum.count)));
        totals.sort(Comparator.comparingLong(Total::requests).reversed());
        return totals;
    }

    /** The last minutes of a proxy, or of all for an empty name, in the order of time; minutes without requests have zeros. */
    public List<Point> timeSeries(String proxy, int lastMinutes) {
        var byStart = new java.util.HashMap<Long, Sum>();
        for (var minute : last(lastMinutes)) {
            minute.series.forEach((key, series) -> {
                if (proxy.isEmpty() || key.proxy.equals(proxy)) {
                    byStart.computeIfAbsent(minute.start, fresh -> new Sum()).add(series);
                }
            });
        }
        var points = new ArrayList<Point>();
        long now = minute(clock.instant());
        for (long start = now - lastMinutes + 1; start <= now; start++) {
            var sum = byStart.getOrDefault(start, new Sum());
            points.add(
                    new Point(Instant.ofEpochSecond(start * 60), sum.count, sum.faults, Percentiles.of(sum.latency)));
        }
        return points;
    }

    private synchronized List<Minute> last(int lastMinutes) {
        long from = minute(clock.instant()) - lastMinutes;
        var last = new ArrayList<Minute>();
        for (var minute : minutes) {
            if (minute.start > from) {
                last.add(minute);
            }
        }
        if (present.start > from) {
            last.add(present);
        }
        return last;
    }

    private static final class Sum {
        private long count;
        private long faults;
        private long targetNanos;
        private long[] latency = new Histogram().counts();

        void add(Series series) {
            count += series.count.sum();
            faults += series.faults.sum();
            targetNanos += series.targetNanos.sum();
            var more = series.latency.counts();
            for (int i = 0; i < latency.length; i++) {
                latency[i] += more[i];
            }
        }
    }
}
