package io.imaint.services.facts;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** Declares the service of dead letters of facts. */
public final class FactsService {
    public static final ServiceModule<Facts> MODULE = ServiceModule.named(
                    "fact-service", Group.FOUNDATION, "shows and replays facts that a consumer could not take")
            .needs(StoreService.MODULE)
            .starts(needs -> new Facts(needs.the(StoreService.MODULE), InstantSource.system()));

    private FactsService() {}
}
