package io.imaint.app;

import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import java.net.URI;
import java.util.Optional;

/**
 * The simulator as a SAP system to read from. Its identity says what makes its data: another size, seed or extract is
 * another system, whose data must not be mixed with what is loaded.
 */
final class SapSystems {
    private static final String EXTRACT = "extract ";

    private SapSystems() {}

    /** A simulator that this process runs. */
    static SapSystem simulated(SapGateway simulator, SimulatorSettings settings) {
        return system(simulator.serviceUrl(), settings, simulator.dataFingerprint());
    }

    /** The simulator that another process runs on the same data directory, as `imaint up` does; empty when none does. */
    static Optional<SapSystem> running(Settings settings) {
        var simulator = SimulatorSettings.read(settings);
        return RunningSimulator.of(simulator)
                .map(running -> system(running.url().resolve(IcwpModel.PATH), simulator, running.plant()));
    }

    /** The identity of the system that the settings name: a SAP system, or else the simulator. */
    static String identity(Settings settings) {
        var named = SapSystem.read(settings).map(SapSystem::identity);
        if (named.isPresent()) {
            return named.get();
        }
        var simulator = SimulatorSettings.read(settings);
        return identity(PlantSource.open(simulator.seed(), simulator.orders(), simulator.data(), simulator.encoding())
                .fingerprint());
    }

    private static SapSystem system(URI address, SimulatorSettings settings, String plant) {
        return new SapSystem(address, settings.user(), settings.password(), settings.client(), "EN", identity(plant));
    }

    private static String identity(String plant) {
        return plant.startsWith(EXTRACT) ? "simulator with the " + plant : "simulator, " + plant;
    }
}
