package io.imaint.services.erpmasterdata;

import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import io.imaint.store.cache.CacheService;

/** Declares the service of ERP master data. */
public final class ErpMasterDataService {
    public static final ServiceModule<ErpMasterData> MODULE = module(CacheService.MODULE);

    private ErpMasterDataService() {}

    /** @param cache keeps the lists that were asked for */
    static ServiceModule<ErpMasterData> module(ServiceModule<SharedCache> cache) {
        return ServiceModule.named(
                        "erp-master-data-api-service",
                        Group.BUSINESS,
                        "Serves the value lists to choose from: types, priorities, catalog codes, work centers, storage"
                                + " locations")
                .needs(StoreService.MODULE, cache)
                .starts(needs -> new ErpMasterData(
                        needs.the(StoreService.MODULE), needs.the(cache).cache()));
    }
}
