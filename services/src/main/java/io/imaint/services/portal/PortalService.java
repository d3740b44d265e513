package io.imaint.services.portal;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.CollectionType;
import io.imaint.store.StoreService;

/** Declares the portal. */
public final class PortalService {
    private PortalService() {}

    /** The portal with the texts of a collection. */
    public static ServiceModule<Portal> module(CollectionType<?> languages) {
        return ServiceModule.named("race-2-client", Group.BUSINESS, "The portal for the browser")
                .needs(StoreService.MODULE)
                .starts(needs -> new Portal(needs.the(StoreService.MODULE), languages));
    }
}
