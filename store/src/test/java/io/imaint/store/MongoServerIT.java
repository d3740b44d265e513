package io.imaint.store;

import com.mongodb.client.MongoClients;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on a real MongoDB, named without a database; each test makes one of its own and drops it. */
@Tag("mongodb")
@EnabledIfEnvironmentVariable(named = "IMAINT_TEST_MONGO_URI", matches = "mongodb.*")
class MongoServerIT extends StoreContract {
    private final String uri = Objects.requireNonNullElse(System.getenv("IMAINT_TEST_MONGO_URI"), "");
    private final String database = "imaint-test-" + UUID.randomUUID();

    @Override
    Store open(InstantSource clock) {
        int query = uri.indexOf('?');
        var server = (query < 0 ? uri : uri.substring(0, query)).replaceFirst("/$", "");
        return MongoStore.open(server + "/" + database + (query < 0 ? "" : uri.substring(query)), clock);
    }

    @AfterEach
    void dropDatabase() {
        try (var client = MongoClients.create(uri)) {
            client.getDatabase(database).drop();
        }
    }
}
