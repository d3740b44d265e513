package io.imaint.simulator;

import io.imaint.kernel.http.server.HttpServer;
import io.imaint.kernel.http.server.ListenFailed;
import io.imaint.kernel.http.server.ServerLimits;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.PlantState;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** A running simulated SAP Gateway on the loopback interface. */
public final class SapGateway implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** More connections than a SAP system would serve at once, from the one client that there is. */
    private static final int CONNECTIONS_MAX = 1000;

    /** Room for the longest address that is answered with a reason, and for the headers beside it. */
    private static final int HEAD_BYTES_MAX = 32 << 10;

    private static final ServerLimits LIMITS = new ServerLimits(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            1 << 10,
            HEAD_BYTES_MAX,
            CONNECTIONS_MAX,
            CONNECTIONS_MAX,
            address -> false);

    private static final Duration STOP_GRACE = Duration.ofMillis(500);

    private final HttpServer server;
    private final SimulatorSettings settings;
    private final SimulatedSystem system;

    private SapGateway(HttpServer server, SimulatorSettings settings, SimulatedSystem system) {
        this.server = server;
        this.settings = settings;
        this.system = system;
    }

    /** Starts serving a plant whose changes are forgotten at the end. */
    public static SapGateway start(SimulatorSettings settings, PlantData data, InstantSource clock) {
        return start(settings, data, clock, request -> {});
    }

    /**
     * Starts serving a plant whose changes are forgotten at the end.
     *
     * @param listener is told each request as {@code GET /path?query} before it is answered, on the request's thread
     * @throws Failure with {@link SimulatorProblem#SIMULATOR_PORT_TAKEN}
     */
    public static SapGateway start(
            SimulatorSettings settings, PlantData data, InstantSource clock, Consumer<String> listener) {
        return start(settings, SimulatedSystem.inMemory(settings, data, clock), listener);
    }

    /**
     * Starts serving a plant whose changes are kept in the folder that the settings name.
     *
     * @throws Failure with {@link SimulatorProblem#SIMULATOR_PORT_TAKEN} or a problem of the state
     */
    public static SapGateway keeping(SimulatorSettings settings, PlantData data, InstantSource clock) {
        return start(settings, SimulatedSystem.kept(settings, data, clock), request -> {});
    }

    private static SapGateway start(SimulatorSettings settings, SimulatedSystem system, Consumer<String> listener) {
        try {
            return serve(settings, system, listener);
        } catch (RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    private static SapGateway serve(SimulatorSettings settings, SimulatedSystem system, Consumer<String> listener) {
        var handler = new GatewayHandler(system, settings.client(), listener);
        HttpServer server;
        try {
            server = HttpServer.start(
                    List.of(new HttpServer.Listener(HOST, settings.port(), handler)), LIMITS, STOP_GRACE);
        } catch (ListenFailed failed) {
            throw SimulatorProblem.SIMULATOR_PORT_TAKEN.because(
                    "%s, set by simulator-port".formatted(failed.getMessage()), failed);
        }
        var address = server.addresses().getFirst();
        system.foundAt(address.toString(), settings.addressFile(address.getPort()));
        return new SapGateway(server, settings, system);
    }

    /** The service's root, to be put before {@code /WorkOrderSet}. */
    public URI serviceUrl() {
        return URI.create("http://" + HOST + ":" + port() + IcwpModel.PATH);
    }

    /** The plant behind the service, for those who change it from within this process. */
    public PlantState plant() {
        return system.plant();
    }

    /** What goes wrong with requests, for those who order it from within this process. */
    public FaultPlan faults() {
        return system.faults();
    }

    public int port() {
        return server.addresses().getFirst().getPort();
    }

    public String user() {
        return settings.user();
    }

    public Secret password() {
        return settings.password();
    }

    public String client() {
        return settings.client();
    }

    /** Where the rows come from, for people and for telling one landscape from another. */
    public String dataDescription() {
        return system.plant().description();
    }

    /** What makes the data: the same for the same data alone. */
    public String dataFingerprint() {
        return system.plant().fingerprint();
    }

    @Override
    public void close() {
        server.close();
        system.close();
    }
}
