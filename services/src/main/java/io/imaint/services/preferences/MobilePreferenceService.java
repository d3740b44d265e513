package io.imaint.services.preferences;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** Declares the mobile preference service. */
public final class MobilePreferenceService {
    public static final ServiceModule<MobilePreferences> MODULE = ServiceModule.named(
                    "mobile-app-preference-api-service",
                    Group.BUSINESS,
                    "Features and defaults of the mobile app, and what users choose in it")
            .needs(StoreService.MODULE)
            .starts(needs -> new MobilePreferences(needs.the(StoreService.MODULE)));

    private MobilePreferenceService() {}
}
