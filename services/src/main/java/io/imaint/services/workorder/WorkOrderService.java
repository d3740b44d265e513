package io.imaint.services.workorder;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** Declares the work order service. */
public final class WorkOrderService {
    public static final ServiceModule<WorkOrders> MODULE = ServiceModule.named(
                    "workorder-api-service", Group.BUSINESS, "Serves work orders")
            .needs(StoreService.MODULE)
            .starts(needs -> new WorkOrders(needs.the(StoreService.MODULE)));

    private WorkOrderService() {}
}
