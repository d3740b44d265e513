package io.imaint.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryCachesTest {
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final MemoryCaches caches = new MemoryCaches(
            () -> now, () -> Duration.between(Instant.EPOCH, now).toMillis() * 1_000_000);

    @Test
    void forgetsEachEntryAtItsEnd() {
        caches.put("c", "short", "1", now.plusSeconds(1));
        caches.put("c", "long", "2", now.plusSeconds(100));

        now = now.plusSeconds(1);

        assertThat(caches.find("c", "short")).isNull();
        assertThat(caches.find("c", "long")).isEqualTo("2");
        caches.put("c", "long", "3", now.plusSeconds(1));
        now = now.plusSeconds(2);
        assertThat(caches.find("c", "long")).isNull();
    }

    @Test
    void keepsEntriesWithoutAnEndForLong() {
        caches.put("c", "k", "v", Instant.MAX);
        now = now.plus(Duration.ofDays(300));
        assertThat(caches.find("c", "k")).isEqualTo("v");
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        caches.put("c", "k", "old", now.plusSeconds(9));
        caches.put("c", "k", "x".repeat(MemoryCaches.VALUE_MAX), now.plusSeconds(9));
        caches.put("c", "k".repeat(MemoryCaches.KEY_MAX + 1), "v", now.plusSeconds(9));
        var large = Message.response(200, "OK");
        large.content("x".repeat(MemoryCaches.VALUE_MAX));
        caches.put("c", "message", large, now.plusSeconds(9));

        assertThat(caches.find("c", "k")).isNull();
        assertThat(caches.find("c", "k".repeat(MemoryCaches.KEY_MAX + 1))).isNull();
        assertThat(caches.find("c", "message")).isNull();
    }

    @Test
    void removesWhatIsBelowAPrefixOfOneCache() {
        caches.put("c", "a__1", 1, now.plusSeconds(9));
        caches.put("c", "a__2", 2, now.plusSeconds(9));
        caches.put("c", "b__1", 3, now.plusSeconds(9));
        caches.put("d", "a__1", 4, now.plusSeconds(9));

        caches.removeBelow("c", "a__");
        caches.remove("c", "none");

        assertThat(caches.find("c", "a__1")).isNull();
        assertThat(caches.find("c", "a__2")).isNull();
        assertThat(caches.find("c", "b__1")).isEqualTo(3);
        assertThat(caches.find("d", "a__1")).isEqualTo(4);
    }
}
