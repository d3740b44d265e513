package io.imaint.integration.inbound;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** The declaration of the integration manager. */
public final class IntegrationManagerService {
    public static final ServiceModule<ManagedIntegrations> MODULE = ServiceModule.named(
                    "integration-manager-api-service", Group.INTEGRATION, "Manages the definitions of integrations")
            .needs(StoreService.MODULE)
            .starts(needs -> new ManagedIntegrations(needs.the(StoreService.MODULE)));

    private IntegrationManagerService() {}
}
