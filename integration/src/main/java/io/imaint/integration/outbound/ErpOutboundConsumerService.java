package io.imaint.integration.outbound;

import io.imaint.integration.broker.BrokerService;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.Holder;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;
import java.util.Random;

/** The declaration of the consumer. */
public final class ErpOutboundConsumerService {
    public static final String NAME = "erp-outbound-consumer-service";

    private ErpOutboundConsumerService() {}

    /**
     * The service, posting to a given system.
     *
     * @param sapAccess the process's way to it
     */
    public static ServiceModule<OutboundConsumer> module(ServiceModule<SapSession> sapAccess) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Posts transaction data to SAP")
                .needs(StoreService.MODULE, sapAccess, BrokerService.MODULE)
                .reads(OutboundSettings::read)
                .starts((needs, settings) -> OutboundConsumer.start(
                        needs.the(StoreService.MODULE),
                        needs.the(sapAccess),
                        needs.the(BrokerService.MODULE),
                        settings,
                        new OutboundConsumer.Terms(Holder.here().text(), InstantSource.system(), new Random())));
    }
}
