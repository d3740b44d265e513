package io.imaint.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.ConnectionString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The note in a data directory that says on which store it was started, without credentials; so a command that lacks the
 * settings of the running system does not fill another store unseen.
 */
final class HomeStore {
    private static final String FILE = "store";
    private static final String EMBEDDED = "embedded";

    private HomeStore() {}

    /** Which store settings name, as the note has it. */
    static String named(StoreSettings settings) {
        return settings.mongo().map(uri -> address(uri.reveal())).orElse(EMBEDDED);
    }

    private static String address(String uri) {
        try {
            var address = new ConnectionString(uri);
            return "mongodb://%s/%s"
                    .formatted(
                            String.join(",", address.getHosts()),
                            address.getDatabase() == null ? MongoStore.DATABASE : address.getDatabase());
        } catch (IllegalArgumentException malformed) {
            throw StoreProblem.STORE_UNREACHABLE.because("mongo-uri is not an address of MongoDB", malformed);
        }
    }

    /**
     * Makes sure that settings name the store on which the directory was started, if it was.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_CHANGED}
     */
    static void require(StoreSettings settings) {
        var noted = noted(settings.directory());
        var named = named(settings);
        if (!noted.isEmpty() && !noted.equals(named)) {
            throw StoreProblem.STORE_CHANGED.because("%s was started on %s, the settings name %s"
                    .formatted(settings.directory(), words(noted), words(named)));
        }
    }

    private static String words(String store) {
        return store.equals(EMBEDDED) ? "the embedded store (no mongo-uri)" : store;
    }

    /** Notes the store where nothing is noted; for who has opened it. */
    static void note(StoreSettings settings) {
        var file = settings.directory().resolve(FILE);
        if (!Files.isDirectory(settings.directory())
                || !noted(settings.directory()).isEmpty()) {
            return;
        }
        OwnersFile.prepare(file);
        try {
            Files.writeString(file, named(settings) + "\n", UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException failed) {
            throw StoreProblem.STORE_UNREACHABLE.because(file + ": " + failed, failed);
        }
    }

    private static String noted(Path directory) {
        var file = directory.resolve(FILE);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException never) {
            return "";
        } catch (IOException unreadable) {
            throw StoreProblem.STORE_UNREACHABLE.because(file + ": " + unreadable, unreadable);
        }
    }
}
