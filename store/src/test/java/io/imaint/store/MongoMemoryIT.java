package io.imaint.store;

import de.bwaldvogel.mongo.MongoServer;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The contract on the driver against a server in memory; a real one is tested by {@link MongoServerIT}. */
class MongoMemoryIT extends StoreContract {
    private final MongoServer server = new MongoServer(new MemoryMongo());

    @Override
    Store open(InstantSource clock) {
        if (server.getLocalAddress() == null) {
            server.bind();
        }
        var address = server.getLocalAddress();
        return MongoStore.open("mongodb://127.0.0.1:" + address.getPort() + "/contract", clock);
    }

    /** The server goes last: a store whose server is gone waits for it until it gives up. */
    @Override
    @AfterEach
    void closeStore() {
        super.closeStore();
        server.shutdownNow();
    }
}
