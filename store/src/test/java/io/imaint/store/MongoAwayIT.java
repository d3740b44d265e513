package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import io.imaint.kernel.service.Catalogue;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a probe learns at once that MongoDB is away. Method: the store as a service on a server in memory that ends. */
class MongoAwayIT {
    @Test
    void healthSaysWithinASecondOrTwoSinceWhenTheStoreIsNotReachable(@TempDir Path home) {
        var server = new MongoServer(new MemoryMongo());
        var address = server.bind();
        var catalogue = new Catalogue(StoreService.MODULE);
        var settings = Settings.of(Map.of(
                "home", home.toString(), "mongo-uri", "mongodb://127.0.0.1:%d/away".formatted(address.getPort())));
        try (var running = catalogue.start(catalogue.chosen("all"), settings)) {
            assertThat(running.readiness()).containsEntry("store", Readiness.READY);
            server.shutdownNow();
            long began = System.nanoTime();
            var store = Objects.requireNonNull(running.readiness().get("store"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            assertThat(store.ready()).isFalse();
            assertThat(store.detail()).startsWith("not reachable since ");
        }
    }
}
