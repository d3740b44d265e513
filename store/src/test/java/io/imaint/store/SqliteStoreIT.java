package io.imaint.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded engine. */
class SqliteStoreIT extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Store open(InstantSource clock) {
        return SqliteStore.open(directory, clock);
    }
}
