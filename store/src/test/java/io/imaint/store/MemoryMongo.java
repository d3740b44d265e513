package io.imaint.store;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;

/**
 * A MongoDB in memory that takes one message at a time, which is what MongoDB promises for one document. The backend as
 * delivered lets a reader fail with an unknown error beside a writer.
 */
final class MemoryMongo extends MemoryBackend {
    @Override
    public synchronized Document handleCommand(Channel channel, String database, String command, Document query) {
        return super.handleCommand(channel, database, command, query);
    }

    @Override
    public synchronized QueryResult handleQuery(MongoQuery query) {
        return super.handleQuery(query);
    }

    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        return super.handleMessage(message);
    }
}
