package io.imaint.app;

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
}
