package io.imaint.services.workorder;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** Declares the work order service. */
public final class WorkOrderService {
    public static final ServiceModule<WorkOrders> MODULE = module(InstantSource.system());

    private WorkOrderService() {}

    /** @param clock says which day it is, and so which orders are overdue */
    static ServiceModule<WorkOrders> module(InstantSource clock) {
        return ServiceModule.named("workorder-api-service", Group.BUSINESS, "Serves work orders and notifications")
                .needs(StoreService.MODULE)
                .starts(needs -> new WorkOrders(needs.the(StoreService.MODULE), clock));
    }
}
