package io.imaint.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.cache.Counters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingCountersTest {
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant END = START.plusSeconds(3_600);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Shared shared = new Shared();
    private final PendingCounters here = new PendingCounters(shared, now::get);
    private final PendingCounters there = new PendingCounters(shared, now::get);

    /** Counters in records, behind a store that may be away. */
    private static final class Shared implements Counters {
        private final Counters counters = new StoredCounters(GatewayRecords.inMemory(() -> START), new Random(1));
        private volatile boolean away;
        private volatile int asked;

        @Override
        public synchronized long add(String name, String window, long weight, Instant expiresAt) {
            asked++;
            if (away) {
                throw new IllegalStateException("the store is away");
            }
            return counters.add(name, window, weight, expiresAt);
        }

        @Override
        public void reset(String name, String window) {
            counters.reset(name, window);
        }

        long count() {
            return counters.add("quota", "w", 0, END);
        }
    }

    private static Counters of(PendingCounters pending) {
        return pending.of(new PendingCounters.SyncPolicy(0, Duration.ofSeconds(10)), () -> {});
    }

    private static long add(PendingCounters pending, long weight) {
        return of(pending).add("quota", "w", weight, END);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void losesNothingWhileTheStoreIsAwayForAMinute() {
        add(here, 1);
        add(there, 1);
        shared.away = true;
        int asked = shared.asked;
        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            add(here, 1);
            add(there, 2);
        }
        assertThat(add(here, 0)).isEqualTo(61); // Its own, with what it knew of the others.
        assertThat(shared.asked - asked).isLessThan(70);
        assertThat(shared.count()).isEqualTo(2);

        shared.away = false;
        pass(Duration.ofSeconds(10));
        add(here, 0);
        assertThat(add(there, 0)).isEqualTo(2 + 60 + 120);
        assertThat(add(here, 1)).isEqualTo(63);
        pass(Duration.ofSeconds(10));
        assertThat(add(here, 0)).isEqualTo(2 + 60 + 120 + 1);
        assertThat(shared.count()).isEqualTo(2 + 60 + 120 + 1);
    }

    @Test
    void countsAlsoWhatTheStoreNeverHeardOfBefore() {
        shared.away = true;
        assertThat(add(here, 3)).isEqualTo(3);
        assertThat(add(here, 1)).isEqualTo(4);
        shared.away = false;
        pass(Duration.ofSeconds(2));
        assertThat(add(here, 1)).isEqualTo(5);
        assertThat(shared.count()).isEqualTo(5);
    }

    @Test
    void countsExactlyWithManyThreadsAndAStoreThatComesAndGoes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 1_000)
                    .mapToObj(i -> threads.submit(() -> {
                        shared.away = i % 3 == 0;
                        pass(Duration.ofSeconds(5));
                        return add(i % 2 == 0 ? here : there, 1);
                    }))
                    .toList();
            for (var call : calls) {
                assertThat(call.get()).isPositive();
            }
        }
        shared.away = false;
        here.flush();
        there.flush();

        assertThat(shared.count()).isEqualTo(1_000);
    }

    @Test
    void asksAStoreThatIsAwayOnceForAllCounters() {
        for (int i = 0; i < 100; i++) {
            of(here).add("quota " + i, "w", 1, END);
            of(here).add("quota " + i, "w", 1, END);
        }
        shared.away = true;
        int asked = shared.asked;

        here.flush();
        assertThat(shared.asked - asked).isEqualTo(1);

        pass(Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            of(here).add("quota " + i, "w", 1, END);
        }
        assertThat(shared.asked - asked).isEqualTo(2);
    }

    @Test
    void tellsWhatIsPendingBeforeTheProcessEnds() {
        add(here, 1);
        add(here, 4);
        assertThat(shared.count()).isEqualTo(1);

        here.flush();
        here.flush();

        assertThat(shared.count()).isEqualTo(5);
        assertThat(List.of(add(there, 0), add(here, 0))).containsExactly(5L, 5L);
    }
}
