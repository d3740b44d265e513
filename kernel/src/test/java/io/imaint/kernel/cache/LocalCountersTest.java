package io.imaint.kernel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalCountersTest {
    private static final Instant NOW = Instant.parse("2026-03-31T08:15:00Z");

    @Test
    void theNumberOfCountersIsBounded() {
        var counters = new LocalCounters(() -> NOW);
        for (int i = 0; i < 220_000; i++) {
            counters.add("caller " + i, "now", 1, NOW.plusSeconds(60));
        }
        assertThat(counters.size()).isEqualTo(200_000);
    }
}
