package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.service.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoreHealthTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final StoreHealth health = new StoreHealth(now::get);
    private final AtomicInteger tries = new AtomicInteger();
    private boolean full = true;

    private Readiness readiness() {
        return health.readiness(() -> {
            tries.incrementAndGet();
            if (full) {
                throw health.failed(StoreProblem.STORE_FULL.because("no space"));
            }
            health.wrote();
        });
    }

    @Test
    void aFullDiskMakesTheStoreNotReadyAndNamesTheCause() {
        assertThat(readiness()).isEqualTo(Readiness.READY);
        health.failed(StoreProblem.STORE_FULL.because("no space"));
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().detail()).contains("2026-03-01T10:00:00Z").contains("store-full");
    }

    @Test
    void itIsReadyAgainAfterAWriteOfAnybody() {
        health.failed(StoreProblem.STORE_FULL.because("no space"));
        health.wrote();
        assertThat(readiness()).isEqualTo(Readiness.READY);
        assertThat(tries).hasValue(0);
    }

    @Test
    void whereNobodyWritesAWriteIsTriedNowAndThen() {
        health.failed(StoreProblem.STORE_FULL.because("no space"));
        readiness();
        readiness();
        assertThat(tries).hasValue(1);
        full = false;
        assertThat(readiness().ready()).isFalse();
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(5)));
        assertThat(readiness()).isEqualTo(Readiness.READY);
    }

    @Test
    void whatIsDamagedStaysDamaged() {
        health.failed(StoreProblem.STORE_CORRUPT.because("page 7"));
        health.failed(StoreProblem.STORE_FULL.because("no space"));
        health.wrote();
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().detail()).contains("store-corrupt");
        assertThat(tries).hasValue(0);
    }

    @Test
    void whatConcernsOneCallerIsNoMatterOfTheStore() {
        health.failed(StoreProblem.DUPLICATE.because("mail"));
        health.failed(StoreProblem.STORE_BUSY.because("too many reads wait"));
        assertThat(readiness()).isEqualTo(Readiness.READY);
    }
}
