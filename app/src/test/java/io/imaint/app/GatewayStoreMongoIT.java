package io.imaint.app;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.imaint.kernel.settings.Secret;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on MongoDB, whose protocol a server in memory speaks. Each test has a database of its own. */
class GatewayStoreMongoIT extends GatewayStoreIT {
    private static final MongoServer SERVER = new MongoServer(new MemoryBackend());

    private final String database = "gateway-" + UUID.randomUUID();

    @BeforeAll
    static void startServer() {
        SERVER.bind();
    }

    @AfterAll
    static void stopServer() {
        SERVER.shutdownNow();
    }

    @Override
    Optional<Secret> mongo() {
        return Optional.of(new Secret(
                "mongodb://127.0.0.1:%d/%s".formatted(SERVER.getLocalAddress().getPort(), database)));
    }
}
