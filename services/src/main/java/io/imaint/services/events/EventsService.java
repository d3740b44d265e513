package io.imaint.services.events;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.LiveCollection;
import io.imaint.store.StoreService;
import java.util.List;

/** Declares the service of live events. */
public final class EventsService {
    private EventsService() {}

    /** The service over the collections that the other services declare as live. */
    public static ServiceModule<Events> module(List<LiveCollection> live) {
        return ServiceModule.named("event-api-service", Group.BUSINESS, "Live Events")
                .needs(StoreService.MODULE)
                .starts(needs -> new Events(needs.the(StoreService.MODULE), live));
    }
}
