package io.imaint.integration.inbound;

import io.imaint.integration.references.ReferenceMapperService;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;

/** The declaration of the inbound service. */
public final class InboundService {
    public static final String NAME = "sap-inbound-api-service";

    private InboundService() {}

    /**
     * The service, reading from a given system.
     *
     * @param sapSystem what names the system to load from: the settings', or a simulated one
     */
    public static ServiceModule<Inbound> module(ServiceModule<SapSystem> sapSystem) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Initial SAP Data Ingestion")
                .needs(StoreService.MODULE, sapSystem, ReferenceMapperService.MODULE)
                .reads(InboundSettings::read)
                .starts((needs, settings) -> Inbound.start(
                        new InboundLoads(needs.the(StoreService.MODULE), needs.the(sapSystem), settings),
                        LoadTerms.of(settings.parallel(), settings.pageSize())));
    }
}
