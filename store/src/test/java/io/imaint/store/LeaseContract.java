package io.imaint.store;

import static io.imaint.store.StoreContract.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The leases of every engine: one holder at a time, and a fence that only grows. */
interface LeaseContract {
    Duration LIFE = Duration.ofSeconds(30);

    Store store();

    void pass(Duration time);

    @Test
    default void leasesToOneHolderAtATime() {
        var leases = store().leases();
        var first = leases.acquire("inbound", "A", LIFE).orElseThrow();
        assertThat(leases.acquire("inbound", "B", LIFE)).isEmpty();
        assertThat(leases.holder("inbound")).contains(first);
        assertThat(leases.holder("other")).isEmpty();
        pass(LIFE.minusSeconds(1));
        assertThat(leases.renew(first, LIFE)).isTrue();
        pass(LIFE.minusSeconds(1));
        assertThat(leases.acquire("inbound", "B", LIFE)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(leases.holder("inbound")).isEmpty();
        var second = leases.acquire("inbound", "B", LIFE).orElseThrow();
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(leases.renew(first, LIFE)).isFalse();
        leases.release(first);
        assertThat(leases.holder("inbound")).contains(second);
        leases.release(second);
        assertThat(leases.holder("inbound")).isEmpty();
        var third = leases.acquire("inbound", "A", LIFE).orElseThrow();
        assertThat(third.fence()).isGreaterThan(second.fence());
        assertThat(leases.renew(second, LIFE)).isFalse();
    }

    @Test
    default void leasesToOneOfManyRivals() throws Exception {
        var won = new ConcurrentHashMap<String, Leases.Lease>();
        inParallel(8, thread -> {
            store().leases().acquire("sweep", "holder" + thread, LIFE).ifPresent(l -> won.put(l.holder(), l));
            return null;
        });
        assertThat(won).hasSize(1);
    }
}
