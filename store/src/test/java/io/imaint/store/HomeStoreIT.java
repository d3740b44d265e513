package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory knows on which store it was started. */
class HomeStoreIT {
    @TempDir
    Path home;

    private StoreSettings mongo(String uri) {
        return new StoreSettings(home, Optional.of(new Secret(uri)));
    }

    @Test
    void aCommandWithoutTheSettingsOfTheRunningSystemOpensNoOtherStore() throws Exception {
        var started = mongo("mongodb://user:secret@db.example:27017/plant");
        HomeStore.require(started);
        HomeStore.note(started);
        var forgotten = new StoreSettings(home, Optional.empty());
        assertProblem(StoreProblem.STORE_CHANGED, () -> StoreService.open(forgotten));
        assertThat(home.resolve(SqliteStore.FILE)).doesNotExist();
        assertThat(Files.readString(home.resolve("store")))
                .contains("db.example:27017/plant")
                .doesNotContain("secret");
        assertProblem(StoreProblem.STORE_CHANGED, () -> HomeStore.require(mongo("mongodb://db.example/other")));
        HomeStore.require(mongo("mongodb://another:password@db.example:27017/plant?w=majority"));
    }

    @Test
    void aDirectoryThatWasStartedEmbeddedStaysSo() {
        StoreService.open(new StoreSettings(home, Optional.empty())).close();
        StoreService.open(new StoreSettings(home, Optional.empty())).close();
        assertProblem(StoreProblem.STORE_CHANGED, () -> StoreService.open(mongo("mongodb://127.0.0.1:1/plant")));
    }
}
