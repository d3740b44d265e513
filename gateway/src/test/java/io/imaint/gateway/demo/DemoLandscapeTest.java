package io.imaint.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Secret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DemoLandscapeTest {
    private static final DemoLandscape.Sap SAP =
            new DemoLandscape.Sap(URI.create("http://127.0.0.1:8000"), "100", "ICWP", new Secret("s3cret"));

    private final Sealing sealing = new Sealing(new SealingKey(
            "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
    private final Configuration configuration =
            new Configuration(GatewayRecords.inMemory(InstantSource.system()), sealing, kind -> {});

    private DemoLandscape landscape() {
        return new DemoLandscape(configuration, InstantSource.system(), new SecureRandom());
    }

    @RepeatedTest(10)
    void isMadeOnceByProcessesThatStartAtOnce() throws Exception {
        var start = new CyclicBarrier(4);
        try (var processes = Executors.newVirtualThreadPerTaskExecutor()) {
            var prepared = IntStream.range(0, 4)
                    .mapToObj(i -> processes.submit(() -> {
                        start.await();
                        return landscape().prepare(SAP, Optional.empty());
                    }))
                    .toList();
            for (var one : prepared) {
                assertThat(one.get().key()).isNotEmpty();
            }
        }

        assertThat(configuration.providers().all()).hasSize(1);
        assertThat(configuration.products().all()).hasSize(1);
        assertThat(configuration.applications().all())
                .singleElement()
                .satisfies(kept -> assertThat(kept.value().credentials()).hasSize(4));
        assertThat(configuration.proxies().all()).hasSize(DemoBundles.all().size());
        assertThat(configuration.proxies().all().stream().map(Kept::value)).allSatisfy(proxy -> {
            assertThat(proxy.revisions()).hasSize(1);
            assertThat(proxy.deployed()).contains(1);
        });
    }

    @Test
    void staysAsItIsWhenItIsPreparedAgain() {
        var keys = landscape().prepare(SAP, Optional.empty());
        var before = all();

        assertThat(landscape().prepare(SAP, Optional.of(keys))).isEqualTo(keys);

        assertThat(all()).isEqualTo(before);
        assertThat(keys.toString()).doesNotContain(keys.key(), keys.secret());
    }

    private List<ProxyRecord> all() {
        return configuration.proxies().all().stream().map(Kept::value).toList();
    }
}
