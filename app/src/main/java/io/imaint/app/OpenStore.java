package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;

/** The store for commands that start no services. */
final class OpenStore {
    private OpenStore() {}

    /** Opens the store after verifying all settings. */
    static Store verified(Settings settings) {
        Targets.verifiable(settings).verify();
        var read = StoreSettings.read(settings);
        DataDirectory.existing(read.directory());
        return StoreService.open(read);
    }

    /** Opens the store for a command that only reads, after verifying all settings; nothing is written in it. */
    static Store reading(Settings settings) {
        Targets.verifiable(settings).verify();
        var read = StoreSettings.read(settings);
        DataDirectory.existing(read.directory());
        return StoreService.openToRead(read);
    }

    /** Work on all replicated data of a store, which is closed afterwards. */
    interface Work {
        int on(Archive archive, Store store);
    }

    static int archive(Settings settings, Work work) {
        try (var store = verified(settings)) {
            Integrations.seed(store.documents(Integrations.TYPE)); // A restore into a new directory needs their names.
            var home = StoreSettings.read(settings).directory();
            return work.on(new Archive(store, home, VersionCommand.version(), Targets.CONFIGURATION), store);
        }
    }
}
