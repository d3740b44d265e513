package io.imaint.store;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the store keeps its data.
 *
 * @param directory the data directory, used by the embedded engine
 * @param mongo the MongoDB to use instead; secret because it may hold a password
 */
public record StoreSettings(Path directory, Optional<Secret> mongo) {
    public static StoreSettings read(Settings settings) {
        var mongo = settings.secret("mongo-uri", "the MongoDB to use instead of SQLite");
        mongo.flatMap(uri -> MongoAddress.finding(uri.reveal()))
                .ifPresent(reason -> settings.report("mongo-uri is refused: " + reason));
        return new StoreSettings(
                settings.path("home", Path.of(System.getProperty("user.home"), ".imaint"), "the data directory"),
                mongo);
    }
}
