package io.imaint.services.erpmasterdata;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** Declares the service of ERP master data. */
public final class ErpMasterDataService {
    public static final ServiceModule<ErpMasterData> MODULE = ServiceModule.named(
                    "erp-master-data-api-service",
                    Group.BUSINESS,
                    "Serves the value lists to choose from: types, priorities, catalog codes, work centers, storage"
                            + " locations")
            .needs(StoreService.MODULE)
            .starts(needs -> new ErpMasterData(needs.the(StoreService.MODULE)));

    private ErpMasterDataService() {}
}
