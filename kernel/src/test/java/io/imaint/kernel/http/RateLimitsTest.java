package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.cache.LocalCounters;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class RateLimitsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-31T08:15:00Z"));
    private final RateLimits limits = new RateLimits(3, now::get);

    private void pass(int seconds) {
        now.updateAndGet(time -> time.plusSeconds(seconds));
    }

    @Test
    void allowsEachCallerItsQuotaInAWindow() {
        assertThat(limits.count("a")).isEqualTo(new RateLimits.Standing(true, 3, 2, 60));
        pass(10);
        assertThat(limits.count("a")).isEqualTo(new RateLimits.Standing(true, 3, 1, 50));
        assertThat(limits.count("a").allowed()).isTrue();
        assertThat(limits.count("a")).isEqualTo(new RateLimits.Standing(false, 3, 0, 50));
        assertThat(limits.count("b").allowed()).isTrue();
        pass(50);
        assertThat(limits.count("a")).isEqualTo(new RateLimits.Standing(true, 3, 2, 60));
    }

    @Test
    void startsANewWindowWhenTheClockIsSetBack() {
        for (int i = 0; i < 4; i++) {
            limits.count("a");
        }
        pass(-3_600);
        assertThat(limits.count("a")).isEqualTo(new RateLimits.Standing(true, 3, 2, 60));
    }

    @Test
    void sharesAQuotaAmongAllWhoShareTheCounters() {
        var counters = new LocalCounters(now::get);
        var one = new RateLimits(3, counters, now::get);
        var other = new RateLimits(3, counters, now::get);
        assertThat(one.count("a").remaining()).isEqualTo(2);
        assertThat(other.count("a").remaining()).isEqualTo(1);
        assertThat(one.count("a").allowed()).isTrue();
        assertThat(other.count("a")).isEqualTo(new RateLimits.Standing(false, 3, 0, 60));
    }
}
