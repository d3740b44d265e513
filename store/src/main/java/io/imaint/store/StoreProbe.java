package io.imaint.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.imaint.kernel.problem.Failure;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import org.bson.Document;

/** Tells whether the store that settings name can be used, without leaving anything in it. */
public final class StoreProbe {
    /** The oldest server with which the whole test suite of the store is meant to pass. */
    private static final int MONGO_MAJOR_MIN = 6;

    private static final String SCRATCH = "imaint_verification";
    private static final int UNAUTHORIZED = 13;

    private StoreProbe() {}

    /**
     * Tries what the store needs.
     *
     * @return what was found, in words
     * @throws Failure why it cannot be used
     */
    public static String probe(StoreSettings settings) {
        HomeStore.require(settings);
        return settings.mongo().map(uri -> mongo(uri.reveal())).orElseGet(() -> embedded(settings));
    }

    /** Whether there is a store to look into; a MongoDB counts as one. */
    public static boolean holdsAnything(StoreSettings settings) {
        return settings.mongo().isPresent() || Files.exists(settings.directory().resolve(SqliteStore.FILE));
    }

    /**
     * Reads all data and looks for damage; it may be used meanwhile.
     *
     * @return what was found, in words
     * @throws Failure {@link StoreProblem#STORE_CORRUPT}
     */
    public static String integrity(StoreSettings settings) {
        var file = settings.directory().resolve(SqliteStore.FILE);
        if (settings.mongo().isPresent()) {
            return "MongoDB checks its own files";
        }
        try {
            var connection = SqliteConnection.reader(file);
            try {
                SqliteCheck.whole(connection);
            } finally {
                connection.close();
            }
            return "%s is sound, %d MB".formatted(file, file.toFile().length() >> 20);
        } catch (SQLException failed) {
            throw SqliteFailures.failure(failed);
        }
    }

    private static String embedded(StoreSettings settings) {
        var file = settings.directory().resolve(SqliteStore.FILE);
        return Files.exists(file)
                ? "the embedded store, %s of %d MB"
                        .formatted(file, file.toFile().length() >> 20)
                : "the embedded store; the first start creates " + file;
    }

    private static String mongo(String uri) {
        var address = new ConnectionString(uri);
        try (var client = MongoClients.create(MongoStore.settings(address))) {
            var database = client.getDatabase(MongoAddress.database(address));
            var build = database.runCommand(new Document("buildInfo", 1));
            var version = build.getString("version");
            var hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
            if (Integer.parseInt(version.split("\\.", -1)[0]) < MONGO_MAJOR_MIN) {
                throw StoreProblem.STORE_REFUSED.because(
                        "the server is MongoDB %s, and %d or later is needed".formatted(version, MONGO_MAJOR_MIN));
            }
            verifyRights(database);
            return "MongoDB %s, %s, database %s: documents and indexes can be written"
                    .formatted(version, topology(hello), database.getName());
        } catch (MongoException failed) {
            throw MongoFailures.failure(failed);
        }
    }

    private static String topology(Document hello) {
        if ("isdbgrid".equals(hello.getString("msg"))) {
            return "a sharded cluster";
        }
        return hello.containsKey("setName") ? "replica set " + hello.getString("setName") : "a single server";
    }

    /** Inserts, changes, finds by an index and removes a document in a collection of its own. */
    private static void verifyRights(MongoDatabase database) {
        var scratch = database.getCollection(SCRATCH);
        for (var step : List.<Runnable>of(
                () -> scratch.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true)),
                () -> scratch.updateOne(
                        Filters.eq("_id", "probe"),
                        Updates.set("n", 1L),
                        new com.mongodb.client.model.UpdateOptions().upsert(true)),
                () -> scratch.find(Filters.eq("n", 1L)).first(),
                () -> scratch.deleteOne(Filters.eq("_id", "probe")),
                scratch::drop)) {
            try {
                step.run();
            } catch (MongoException refused) {
                if (refused.getCode() == UNAUTHORIZED) {
                    throw StoreProblem.STORE_UNAUTHORIZED.because(
                            "the user of mongo-uri needs the role readWrite on database " + database.getName(),
                            refused);
                }
                throw refused;
            }
        }
    }
}
