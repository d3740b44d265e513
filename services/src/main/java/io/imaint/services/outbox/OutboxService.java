package io.imaint.services.outbox;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** Declares the service of the outbox. */
public final class OutboxService {
    public static final ServiceModule<OutboxItems> MODULE = ServiceModule.named(
                    "outbox-service",
                    Group.FOUNDATION,
                    "shows commands to SAP, and retries and discards those that failed")
            .needs(StoreService.MODULE)
            .reads(OutboxSettings::read)
            .starts((needs, settings) ->
                    OutboxItems.start(needs.the(StoreService.MODULE), settings, InstantSource.system()));

    private OutboxService() {}
}
