package io.imaint.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRegistryTest {
    private final Sealing sealing = new Sealing(new SealingKey(
            "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
    private final Failing records = new Failing(GatewayRecords.inMemory(InstantSource.system()));
    private final AtomicLong nanos = new AtomicLong();
    private final LiveRegistry registry = LiveRegistry.start(records, sealing, nanos::get);

    /** Records that fail with whatever is set. */
    private static final class Failing implements GatewayRecords {
        private final GatewayRecords records;
        private final AtomicInteger failed = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Failing(GatewayRecords records) {
            this.records = records;
        }

        @Override
        public long position() {
            var now = failure;
            if (now == null) {
                return records.position();
            }
            failed.incrementAndGet();
            if (now instanceof RuntimeException one) {
                throw one;
            } else if (now instanceof Error one) {
                throw one;
            }
            Thread.currentThread().interrupt();
            return records.position();
        }

        @Override
        public <R extends Record> Records<R> records(Kind<R> kind) {
            return records.records(kind);
        }

        @Override
        public Bundles bundles() {
            return records.bundles();
        }

        @Override
        public GatewayRecords as(Caller caller) {
            return records.as(caller);
        }
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void product(String name) {
        new Configuration(records.records, sealing, kind -> {})
                .products()
                .insert(new Product(name, name, "", List.of(), Map.of(), List.of(), false, Optional.empty(), Map.of()));
    }

    private void survives(Throwable failure) {
        int before = records.failed.get();
        records.failure = failure;
        Awaitility.await().until(() -> records.failed.get() > before);
        records.failure = null;
    }

    @Test
    void goesOnAfterWhateverFails() {
        survives(new IllegalStateException("the store is away"));
        survives(new AssertionError("a defect"));
        survives(new OutOfMemoryError("no more"));
        survives(new InterruptedException());

        product("P");

        Awaitility.await().until(() -> registry.product("P").isPresent());
    }

    @Test
    void agesWhileTheRecordsCannotBeRead() {
        records.failure = new IllegalStateException("the store is away");
        Awaitility.await().until(() -> records.failed.get() > 0);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(registry.age()).isEqualTo(Duration.ofSeconds(20));

        records.failure = null;
        Awaitility.await().until(() -> registry.age().isZero());
    }

    private static ProxyRecord proxy(String name) {
        return new ProxyRecord(name, name, "", List.of(), Optional.empty(), Optional.empty());
    }

    @Test
    void knowsChangesWhileAListenerIsBusy() throws InterruptedException {
        var busy = new CountDownLatch(1);
        var told = Collections.synchronizedList(new ArrayList<Integer>());
        registry.onProxies((proxies, prerequisites) -> {
            told.add(proxies.size());
            if (proxies.size() == 1) {
                awaitQuietly(busy);
            }
            return true;
        });
        var proxies = new Configuration(records.records, sealing, registry::refresh).proxies();
        var first = Thread.ofVirtual().start(() -> proxies.insert(proxy("One")));
        Awaitility.await().until(() -> told.contains(1));

        product("P"); // By another process, and one of this process.
        new Configuration(records.records, sealing, registry::refresh)
                .products()
                .insert(new Product("Q", "Q", "", List.of(), Map.of(), List.of(), false, Optional.empty(), Map.of()));

        assertThat(registry.product("P")).isPresent();
        assertThat(registry.product("Q")).isPresent();
        assertThat(first.isAlive()).isTrue();
        busy.countDown();
        first.join();
        proxies.insert(proxy("Two"));
        assertThat(told).endsWith(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsAListenerAgainThatCouldNotFollow() {
        var asked = new AtomicInteger();
        registry.onProxies((proxies, prerequisites) -> {
            assertThat(prerequisites).isEqualTo(Set.of());
            return asked.incrementAndGet() == 3;
        });

        Awaitility.await().until(() -> asked.get() == 3);
        Awaitility.await().during(Duration.ofSeconds(2)).until(() -> asked.get() == 3);
    }
}
