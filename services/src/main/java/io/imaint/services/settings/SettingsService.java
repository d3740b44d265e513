package io.imaint.services.settings;

import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** Declares the settings service. */
public final class SettingsService {
    private SettingsService() {}

    /** The service over a directory of users. */
    public static ServiceModule<OrganizationSettings> module(ServiceModule<? extends Directory> directory) {
        return ServiceModule.named("settings-api-service", Group.BUSINESS, "Settings of the organization by level")
                .needs(StoreService.MODULE, directory)
                .starts(needs -> new OrganizationSettings(needs.the(StoreService.MODULE), needs.the(directory)));
    }
}
