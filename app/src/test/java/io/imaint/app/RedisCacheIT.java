package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.cache.CacheService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: Redis keeps the contract, and nothing depends on it being there. Method: a real server, killed and restarted. */
class RedisCacheIT extends SharedCacheContract {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // Set by start.
    private static ExternalServer server;

    @SuppressWarnings("NullAway") // The server is started before any instance is made.
    private final SharedCache shared = open("redis://:se%%2Fcret@127.0.0.1:%d/3".formatted(server.port()));

    @BeforeAll
    static void start() throws IOException {
        server = ExternalServer.redis(folder, "--requirepass", "se/cret");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static SharedCache open(String uri) {
        var settings = Settings.of(Map.of("redis-uri", uri));
        var services = BackingServices.read(settings);
        settings.verify();
        return CacheService.open(services);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Override
    SharedCache shared() {
        return shared;
    }

    private static Readiness readiness(SharedCache cache) {
        return ((Readiness.Reporting) cache).readiness();
    }

    @Test
    void processesSeeEachOthersValuesAndCounts() {
        try (var other = open("redis://default:se%%2Fcret@127.0.0.1:%d/3".formatted(server.port()))) {
            var end = Instant.now().plus(HOUR);
            shared.cache().put(key, "seen", HOUR);
            assertThat(other.cache().get(key)).contains("seen");
            assertThat(shared.counters().add(key, "w", 1, end)).isEqualTo(1);
            assertThat(other.counters().add(key, "w", 1, end)).isEqualTo(2);
        }
    }

    @Test
    void withoutRedisEverythingGoesOnAndItComesBackByItself() throws IOException {
        var end = Instant.now().plus(HOUR);
        shared.counters().add(key, "w", 7, end);
        server.kill();
        assertThat(shared.counters().add(key, "w", 1, end)).isEqualTo(1);
        shared.cache().put(key, "of the process", HOUR);
        assertThat(shared.cache().get(key)).contains("of the process");
        assertThat(readiness(shared).ready()).isTrue();
        assertThat(readiness(shared).detail())
                .startsWith("degraded: redis://127.0.0.1")
                .doesNotContain("se/cret");
        server.restart();
        await().atMost(LONG).until(() -> readiness(shared).equals(Readiness.READY));
        assertThat(shared.cache().get(key)).isEmpty();
        try (var other = open("redis://:se%%2Fcret@127.0.0.1:%d/3".formatted(server.port()))) {
            shared.cache().put(key, "shared again", HOUR);
            assertThat(other.cache().get(key)).contains("shared again");
        }
    }

    @Test
    void aRefusedPasswordOrASilentHostOnlyDegrades() throws IOException {
        for (var uri : new String[] {
            "redis://:guess@127.0.0.1:%d".formatted(server.port()),
            "redis://127.0.0.1:%d".formatted(ExternalServer.freePort()),
            "redis-cluster://127.0.0.1:%d".formatted(ExternalServer.freePort())
        }) {
            try (var degraded = open(uri)) {
                await().atMost(LONG).until(() -> readiness(degraded).detail().startsWith("degraded"));
                assertThat(readiness(degraded).detail()).doesNotContain("guess");
                degraded.cache().put(key, "kept", HOUR);
                assertThat(degraded.cache().get(key)).contains("kept");
            }
        }
    }
}
