package io.imaint.kernel.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A cache of this process only. */
public final class LocalCache implements Cache {
    /** Characters of all keys and values; what was not asked for longest is forgotten first. */
    private static final long SIZE_MAX = 32L << 20;

    private record Value(String text, Duration timeToLive) {}

    private final com.github.benmanes.caffeine.cache.Cache<String, Value> values;

    public LocalCache(InstantSource clock) {
        this.values = Caffeine.newBuilder()
                .maximumWeight(SIZE_MAX)
                .<String, Value>weigher((key, value) -> key.length() + value.text.length())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<String, Value>writing((key, value) -> value.timeToLive))
                .build();
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.getIfPresent(key)).map(Value::text);
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        if (value.length() <= VALUE_MAX) {
            values.put(key, new Value(value, timeToLive));
        }
    }
}
