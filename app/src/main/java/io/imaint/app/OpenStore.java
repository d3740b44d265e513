package io.imaint.app;

import io.imaint.integration.archive.Archive;
import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;

/** The store as a command uses it that starts no services. */
final class OpenStore {
    private OpenStore() {}

    /** Opens the store of the settings, after all settings were found valid. */
    static Store verified(Settings settings) {
        Targets.catalogue(settings).read(settings);
        settings.verify();
        var read = StoreSettings.read(settings);
        DataDirectory.existing(read.directory());
        return StoreService.open(read);
    }

    /** What a command does with all replicated data of the settings' store; the store is closed behind it. */
    interface Work {
        int on(Archive archive, Store store);
    }

    static int archive(Settings settings, Work work) {
        try (var store = verified(settings)) {
            Integrations.seed(store.documents(Integrations.TYPE)); // A restore into a new directory needs their names.
            var home = StoreSettings.read(settings).directory();
            return work.on(new Archive(store, home, VersionCommand.version()), store);
        }
    }
}
