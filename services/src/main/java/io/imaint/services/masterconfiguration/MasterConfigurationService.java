package io.imaint.services.masterconfiguration;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** Declares the master configuration service. */
public final class MasterConfigurationService {
    public static final ServiceModule<MasterConfiguration> MODULE = ServiceModule.named(
                    "master-configuration-api-service",
                    Group.BUSINESS,
                    "Serves plants, technical objects, measuring points, materials and maintenance plans")
            .needs(StoreService.MODULE)
            .starts(needs -> new MasterConfiguration(needs.the(StoreService.MODULE), InstantSource.system()));

    private MasterConfigurationService() {}
}
