package io.imaint.gateway.insight;

import java.util.concurrent.atomic.LongAdder;

/** Counts durations in classes that grow by a quarter, so that a percentile is off by an eighth at most. */
final class Histogram {
    /** From 10 µs in 72 steps to about 95 s; what is longer falls into the last class. */
    private static final int CLASSES = 73;

    private static final double FIRST_NANOS = 10_000;
    private static final double GROWTH = 1.25;
    private static final double LOG_GROWTH = Math.log(GROWTH);

    private final LongAdder[] classes = new LongAdder[CLASSES];

    Histogram() {
        for (int i = 0; i < CLASSES; i++) {
            classes[i] = new LongAdder();
        }
    }

    void add(long nanos) {
        int index = nanos <= FIRST_NANOS ? 0 : (int) Math.ceil(Math.log(nanos / FIRST_NANOS) / LOG_GROWTH);
        classes[Math.min(index, CLASSES - 1)].increment();
    }

    /** The counts of all classes now. */
    long[] counts() {
        var counts = new long[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            counts[i] = classes[i].sum();
        }
        return counts;
    }

    /** The duration that a share of all stayed below, in milliseconds; 0 for none. */
    static double percentileMillis(long[] counts, double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && wanted > 0) {
                return limitMillis(i);
            }
        }
        return 0;
    }

    /** The upper limit of a class, in milliseconds. */
    static double limitMillis(int index) {
        return FIRST_NANOS * Math.pow(GROWTH, index) / 1e6;
    }
}
