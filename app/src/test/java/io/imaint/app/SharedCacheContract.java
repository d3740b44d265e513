package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.kernel.cache.Cache;
import io.imaint.kernel.cache.SharedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Goal: whoever caches or counts need not know where. Method: the same tests within the process, on Redis and on a cluster. */
abstract class SharedCacheContract {
    static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Each test has its own keys. */
    final String key = "contract " + TESTS.incrementAndGet();

    abstract SharedCache shared();

    @Test
    void aValueIsFoundAsItWasPut() {
        var cache = shared().cache();
        assertThat(cache.get(key)).isEmpty();
        cache.put(key, "{\"text\":\"ü\"}", HOUR);
        assertThat(cache.get(key)).contains("{\"text\":\"ü\"}");
        cache.put(key, "", HOUR);
        assertThat(cache.get(key)).contains("");
    }

    @Test
    void aValueEndsWithItsTimeToLive() {
        var cache = shared().cache();
        cache.put(key, "short", Duration.ofMillis(50));
        cache.put(key + " long", "long", HOUR);
        await().atMost(LONG).until(() -> cache.get(key).isEmpty());
        assertThat(cache.get(key + " long")).contains("long");
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        var cache = shared().cache();
        cache.put(key, "x".repeat(Cache.VALUE_MAX + 1), HOUR);
        assertThat(cache.get(key)).isEmpty();
    }

    @Test
    void countersAddWithinTheirWindow() {
        var counters = shared().counters();
        var end = Instant.now().plus(HOUR);
        assertThat(counters.add(key, "one", 0, end)).isZero();
        assertThat(counters.add(key, "one", 3, end)).isEqualTo(3);
        assertThat(counters.add(key, "one", -1, end)).isEqualTo(2);
        assertThat(counters.add(key, "other", 1, end)).isEqualTo(1);
        assertThat(counters.add(key, "one", 0, end)).isEqualTo(2);
        counters.reset(key, "one");
        assertThat(counters.add(key, "one", 1, end)).isEqualTo(1);
    }

    @Test
    void aCounterEndsWhenItsWindowHasExpired() {
        var counters = shared().counters();
        counters.add(key, "short", 5, Instant.now().plusMillis(50));
        await().atMost(LONG)
                .until(() -> counters.add(key, "short", 0, Instant.now().plusMillis(50)) == 0);
    }

    @Test
    void manyCountAtOnceAndNoneIsLost() throws InterruptedException {
        var counters = shared().counters();
        var end = Instant.now().plus(HOUR);
        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(thread -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 50).forEach(each -> counters.add(key, "many", 1, end))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(counters.add(key, "many", 0, end)).isEqualTo(1_000);
    }
}
