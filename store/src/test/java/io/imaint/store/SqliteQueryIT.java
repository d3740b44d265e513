package io.imaint.store;

import java.nio.file.Files;
import java.time.InstantSource;

/** Random questions to the embedded engine. */
class SqliteQueryIT extends QueryContract {
    @Override
    Store open() throws Exception {
        return SqliteStore.open(Files.createTempDirectory("imaint-query"), InstantSource.system());
    }
}
