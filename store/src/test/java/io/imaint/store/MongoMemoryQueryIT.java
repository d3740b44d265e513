package io.imaint.store;

import de.bwaldvogel.mongo.MongoServer;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AfterProperty;

/** Random questions to a MongoDB server in memory. */
class MongoMemoryQueryIT extends QueryContract {
    private final MongoServer server = new MongoServer(new MemoryMongo());

    @Override
    Store open() {
        return MongoStore.open("mongodb://127.0.0.1:" + server.bind().getPort() + "/query", InstantSource.system());
    }

    @AfterProperty
    void stopServer() {
        server.shutdownNow();
    }
}
