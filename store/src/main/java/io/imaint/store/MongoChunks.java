package io.imaint.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/** Binary content as documents, {@code { _id: "…/0", content: "…", hash: …, bytes: … }}, far below the 16 MB of one. */
final class MongoChunks implements Chunks {
    private static final String KEY = "_id";
    private static final String CONTENT = "content";
    private static final String HASH = "hash";
    private static final String BYTES = "bytes";

    private final MongoCollection<Document> chunks;

    MongoChunks(MongoCollection<Document> chunks) {
        this.chunks = chunks;
    }

    MongoChunks created() {
        chunks.createIndex(Indexes.ascending(CONTENT));
        return this;
    }

    private static String key(String content, int number) {
        return content + '/' + number;
    }

    @Override
    public void write(String content, int number, Chunk chunk) {
        var row = new Document(KEY, key(content, number))
                .append(CONTENT, content)
                .append(HASH, new Binary(chunk.hash()))
                .append(BYTES, new Binary(chunk.bytes()));
        MongoFailures.translated(
                () -> chunks.replaceOne(Filters.eq(KEY, key(content, number)), row, new ReplaceOptions().upsert(true)));
    }

    @Override
    public Optional<Chunk> read(String content, int number) {
        return MongoFailures.translated(() -> Optional.ofNullable(
                        chunks.find(Filters.eq(KEY, key(content, number))).first())
                .map(row -> new Chunk(
                        row.get(HASH, Binary.class).getData(),
                        row.get(BYTES, Binary.class).getData())));
    }

    @Override
    public void remove(String content) {
        MongoFailures.translated(() -> chunks.deleteMany(Filters.eq(CONTENT, content)));
    }
}
