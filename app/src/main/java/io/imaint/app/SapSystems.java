package io.imaint.app;

import io.imaint.integration.source.SapSettings;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import java.net.URI;
import java.util.Optional;

<<<<<<< HEAD:app/src/main/java/io/imaint/app/SapSystems.java
/** The simulator as a SAP system to read from. */
final class SapSystems {
    private static final int CONNECT_MS = 500;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
=======
/**
 * The simulator as a SAP system to read from. Its identity says what makes its data: another size, seed or extract is
 * another system, whose data must not be mixed with what is loaded.
 */
final class Sap {
    private static final String EXTRACT = "extract ";
>>>>>>> h-plant:app/src/main/java/io/imaint/app/Sap.java

    private SapSystems() {}

    /** A simulator that this process runs. */
    static SapSystem simulated(SapGateway simulator, SimulatorSettings settings) {
        return system(simulator.serviceUrl(), settings, simulator.dataFingerprint());
    }

<<<<<<< HEAD:app/src/main/java/io/imaint/app/SapSystems.java
    /** The simulator that another process runs on this machine, such as `imaint up`; empty when none does. */
    static Optional<SapSystem> running(Settings settings) {
        var simulator = SimulatorSettings.read(settings);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), simulator.port()), CONNECT_MS);
            return Optional.of(system(URI.create("http://127.0.0.1:" + simulator.port() + IcwpModel.PATH), simulator));
        } catch (IOException nobody) {
            return Optional.empty();
        }
=======
    /** The simulator that another process runs on the same data directory, as `imaint up` does; empty when none does. */
    static Optional<SapSystem> running(Settings settings) {
        var simulator = SimulatorSettings.read(settings);
        return RunningSimulator.of(simulator)
                .map(running -> system(running.url().resolve(IcwpModel.PATH), simulator, running.plant()));
>>>>>>> h-plant:app/src/main/java/io/imaint/app/Sap.java
    }

    /** The identity of the system that the settings name: a SAP system, or else the simulator. */
    static String identity(Settings settings) {
        var named = SapSettings.read(settings).system().map(SapSystem::identity);
        if (named.isPresent()) {
            return named.get();
        }
        var simulator = SimulatorSettings.read(settings);
        return identity(PlantSource.open(simulator.seed(), simulator.orders(), simulator.data())
                .fingerprint());
    }

<<<<<<< HEAD:app/src/main/java/io/imaint/app/SapSystems.java
    /**
     * The identity is the source of the plant: another extract is another system. The size of a generated plant is not
     * part of it, so that a later start may omit the setting.
     */
    private static SapSystem system(URI address, SimulatorSettings settings) {
=======
    private static SapSystem system(URI address, SimulatorSettings settings, String plant) {
>>>>>>> h-plant:app/src/main/java/io/imaint/app/Sap.java
        return new SapSystem(
                address, settings.user(), settings.password(), settings.client(), "EN", identity(plant));
    }

    private static String identity(String plant) {
        return plant.startsWith(EXTRACT) ? "simulator with the " + plant : "simulator, " + plant;
    }
}
