package io.imaint.simulator;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.simulator.plant.PlantSource;
import java.time.InstantSource;

/** The declaration of the simulated SAP Gateway. */
public final class SimulatorService {
    public static final ServiceModule<SapGateway> MODULE = ServiceModule.named(
                    "sap-gateway-simulator",
                    Group.EDGE,
                    "A SAP Gateway with a made-up plant, to work against without SAP")
            .reads(SimulatorSettings::read)
            .starts((needs, settings) -> SapGateway.start(
                    settings,
                    PlantSource.open(settings.seed(), settings.orders(), settings.data()),
                    InstantSource.system()));

    private SimulatorService() {}
}
