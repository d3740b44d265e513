package io.imaint.app;

import io.imaint.integration.source.SapSettings;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.IcwpModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The simulator as a SAP system to read from. */
final class SapSystems {
    private static final int CONNECT_MS = 500;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private SapSystems() {}

    /** A simulator that this process runs. */
    static SapSystem simulated(SapGateway simulator, SimulatorSettings settings) {
        return system(simulator.serviceUrl(), settings);
    }

    /** The simulator that another process runs on this machine, such as `imaint up`; empty when none does. */
    static Optional<SapSystem> running(Settings settings) {
        var simulator = SimulatorSettings.read(settings);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), simulator.port()), CONNECT_MS);
            return Optional.of(system(URI.create("http://127.0.0.1:" + simulator.port() + IcwpModel.PATH), simulator));
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    /** The identity of the system that the settings name: a SAP system, or else the simulator. */
    static String identity(Settings settings) {
        return SapSettings.read(settings)
                .system()
                .map(SapSystem::identity)
                .orElseGet(() -> identity(SimulatorSettings.read(settings)));
    }

    /**
     * The identity is the source of the plant: another extract is another system. The size of a generated plant is not
     * part of it, so that a later start may omit the setting.
     */
    private static SapSystem system(URI address, SimulatorSettings settings) {
        return new SapSystem(
                address, settings.user(), settings.password(), settings.client(), "EN", identity(settings));
    }

    private static String identity(SimulatorSettings settings) {
        return settings.data()
                .map(Path::toString)
                .map("simulator with the extract "::concat)
                .orElse("simulator");
    }
}
