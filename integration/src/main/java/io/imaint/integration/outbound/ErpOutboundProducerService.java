package io.imaint.integration.outbound;

import io.imaint.integration.broker.BrokerService;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** The declaration of the producer. */
public final class ErpOutboundProducerService {
    public static final String NAME = "erp-outbound-producer-service";

    public static final ServiceModule<OutboundProducer> MODULE = ServiceModule.named(
                    NAME, Group.INTEGRATION, "Listens for transaction events and publishes them to be posted")
            .needs(StoreService.MODULE, BrokerService.MODULE)
            .reads(OutboundSettings::read)
            .starts((needs, settings) -> OutboundProducer.start(
                    needs.the(StoreService.MODULE), needs.the(BrokerService.MODULE), settings, InstantSource.system()));

    private ErpOutboundProducerService() {}
}
