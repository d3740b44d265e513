package io.imaint.simulator;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.simulator.plant.PlantSource;
import java.time.InstantSource;

/** The declaration of the simulated SAP Gateway. */
public final class SimulatorService {
    public static final ServiceModule<SapGateway> MODULE = ServiceModule.named(
                    "sap-gateway-simulator", Group.EDGE, "Simulates a SAP Gateway with a generated plant")
            .reads(SimulatorSettings::read)
            .starts((needs, settings) -> start(settings));

    private SimulatorService() {}

    /** Opens the plant that the settings name and serves it. */
    public static SapGateway start(SimulatorSettings settings) {
        var plant = PlantSource.open(settings.seed(), settings.orders(), settings.data(), settings.encoding());
        return SapGateway.keeping(settings, plant, InstantSource.system());
    }
}
