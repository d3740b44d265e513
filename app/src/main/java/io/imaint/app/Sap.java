package io.imaint.app;

import io.imaint.integration.inbound.SapSystem;
import io.imaint.simulator.SapGateway;

/** The simulator as a SAP system to read from. */
final class Sap {
    private Sap() {}

    /** Its identity is where its plant comes from: another extract is another system. */
    static SapSystem simulated(SapGateway simulator) {
        return new SapSystem(
                simulator.serviceUrl(),
                simulator.user(),
                simulator.password(),
                simulator.client(),
                "EN",
                "simulator: " + simulator.dataDescription());
    }
}
