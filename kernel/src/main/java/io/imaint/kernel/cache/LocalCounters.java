package io.imaint.kernel.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Counters of this process only. */
public final class LocalCounters implements Counters {
    /** Each takes some 300 bytes. Beyond it, those that nobody asked for longest begin anew. */
    private static final int COUNTERS_MAX = 200_000;

    private record Key(String name, String window) {}

    private record Count(long value, Instant expiresAt) {}

    private final InstantSource clock;
    private final Cache<Key, Count> counts;

    public LocalCounters(InstantSource clock) {
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(COUNTERS_MAX)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<Key, Count>writing((key, count) -> remaining(count.expiresAt)))
                .build();
    }

    private Duration remaining(Instant expiresAt) {
        var left = Duration.between(clock.instant(), expiresAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public long add(String name, String window, long weight, Instant expiresAt) {
        var key = new Key(name, window);
        if (weight == 0) {
            var now = counts.getIfPresent(key);
            return now == null ? 0 : now.value;
        }
        return counts.asMap()
                .merge(
                        key,
                        new Count(weight, expiresAt),
                        (before, added) -> new Count(before.value + added.value, added.expiresAt))
                .value;
    }

    @Override
    public void reset(String name, String window) {
        counts.invalidate(new Key(name, window));
    }

    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }
}
