package io.imaint.integration.source;

import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import java.time.InstantSource;

/** The declaration of the process's one way to SAP, which all share that read from it. */
public final class SapAccessService {
    private SapAccessService() {}

    /**
     * The service, reading from a given system.
     *
     * @param sapSystem what names the system to read from
     */
    public static ServiceModule<SapAccess> module(ServiceModule<SapSystem> sapSystem) {
        return ServiceModule.named("sap-access", Group.FOUNDATION, "The one way to SAP of all that reads from it")
                .needs(sapSystem)
                .reads(InboundSettings::read)
                .starts((needs, settings) -> SapAccess.to(needs.the(sapSystem), settings, InstantSource.system()));
    }
}
