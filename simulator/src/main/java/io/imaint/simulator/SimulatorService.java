package io.imaint.simulator;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.simulator.plant.PlantData;
import java.time.InstantSource;

/** The declaration of the simulated SAP Gateway. */
public final class SimulatorService {
    public static final ServiceModule<SapGateway> MODULE = ServiceModule.named(
                    "sap-gateway-simulator",
                    Group.EDGE,
                    "A SAP Gateway with a made-up plant, to work against without SAP")
            .reads(SimulatorSettings::read)
            .starts((needs, settings) -> SapGateway.start(settings, plant(settings), InstantSource.system()));

    private SimulatorService() {}

    private static PlantData plant(SimulatorSettings settings) {
        throw new AssertionError("no plant for seed " + settings.seed());
    }
}
