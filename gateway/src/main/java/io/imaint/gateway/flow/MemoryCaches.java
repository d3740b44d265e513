package io.imaint.gateway.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.imaint.gateway.registry.CacheStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The caches in the memory of this process. What is too large is not kept, as if it had expired at once. */
public final class MemoryCaches implements CacheStore {
    /** Characters of a key, as SAP limits them (2 KB). */
    static final int KEY_MAX = 2 << 10;

    /** Bytes of a value, as SAP limits them (512 KB). */
    static final int VALUE_MAX = 512 << 10;

    /** Bytes of all caches together: a small part of the memory of a process. */
    static final long SIZE_MAX = 64L << 20;

    /** What an entry takes beside key and value. */
    private static final int OVERHEAD = 200;

    /** What a value takes that is neither a text nor bytes nor a message, such as a number. */
    private static final int SMALL = 64;

    private record Key(String cache, String key) {}

    private record Entry(Object value, int size, Instant expiresAt) {}

    /** Each entry ends at a time of its own. */
    private final class Ending implements Expiry<Key, Entry> {
        @Override
        public long expireAfterCreate(Key key, Entry entry, long now) {
            return nanos(Duration.between(clock.instant(), entry.expiresAt));
        }

        @Override
        public long expireAfterUpdate(Key key, Entry entry, long now, long left) {
            return expireAfterCreate(key, entry, now);
        }

        @Override
        public long expireAfterRead(Key key, Entry entry, long now, long left) {
            return left;
        }

        private long nanos(Duration time) {
            return time.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : Math.max(0, time.toNanos());
        }
    }

    private final InstantSource clock;
    private final Cache<Key, Entry> entries;

    public MemoryCaches(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(SIZE_MAX)
                .weigher((Key key, Entry entry) -> OVERHEAD + 2 * (key.cache.length() + key.key.length()) + entry.size)
                .expireAfter(new Ending())
                .ticker(ticker)
                .build();
    }

    @Override
    public @Nullable Object find(String cache, String key) {
        var entry = entries.getIfPresent(new Key(cache, key));
        return entry == null || !entry.expiresAt.isAfter(clock.instant()) ? null : entry.value;
    }

    @Override
    public void put(String cache, String key, Object value, Instant expiresAt) {
        int size = size(value);
        if (key.length() > KEY_MAX || size > VALUE_MAX || !expiresAt.isAfter(clock.instant())) {
            remove(cache, key);
            return;
        }
        entries.put(new Key(cache, key), new Entry(value, size, expiresAt));
    }

    @Override
    public void remove(String cache, String key) {
        entries.invalidate(new Key(cache, key));
    }

    @Override
    public void removeBelow(String cache, String prefix) {
        entries.asMap().keySet().removeIf(key -> key.cache.equals(cache) && key.key.startsWith(prefix));
    }

    /** The bytes that a value takes, about. Strings mostly have one byte for each character. */
    private static int size(Object value) {
        return switch (value) {
            case String text -> SMALL + text.length();
            case byte[] bytes -> SMALL + bytes.length;
            case Message message -> SMALL + size(message);
            default -> SMALL;
        };
    }

    private static int size(Message message) {
        int headers = message.headers().entries().stream()
                .mapToInt(
                        line -> SMALL + line.getKey().length() + line.getValue().length())
                .sum();
        return headers + (message.body() instanceof Body.Bytes body ? body.bytes().length : 0);
    }
}
