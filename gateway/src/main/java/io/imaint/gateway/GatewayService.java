package io.imaint.gateway;

import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import java.time.InstantSource;

/** Declares the API gateway. */
public final class GatewayService {
    private GatewayService() {}

    /**
     * The gateway over what is kept.
     *
     * @param records where the gateway keeps what outlives a process
     */
    public static ServiceModule<Gateway> module(ServiceModule<GatewayRecords> records) {
        return ServiceModule.named(
                        "api-gateway", Group.EDGE, "Runs API proxies with the policies of SAP API Management")
                .needs(records)
                .reads(GatewaySettings::read)
                .starts((needs, settings) -> Gateway.start(needs.the(records), settings, InstantSource.system()));
    }
}
