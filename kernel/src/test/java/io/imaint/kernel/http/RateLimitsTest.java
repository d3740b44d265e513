package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

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
    void countsABoundedNumberOfCallers() {
        for (int i = 0; i < 20_000; i++) {
            limits.count("caller " + i);
        }
        assertThat(limits.callers()).isEqualTo(10_000);
    }
}
