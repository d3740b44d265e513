package io.imaint.simulator;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.PlantState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running simulated SAP Gateway on the loopback interface. */
public final class SapGateway implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** More connections than a SAP system would serve at once; each costs a virtual thread and little else. */
    private static final int CONNECTIONS_MAX = 1000;

    /** Room for a scanned drawing, and for the largest batch that is taken. */
    private static final long BODY_BYTES_MAX = 16L * 1024 * 1024;

    /** Room for the longest address that is answered with a reason, and for the method beside it. */
    private static final int PROLOGUE_BYTES_MAX = 2 * GatewayHandler.URL_LENGTH_MAX;

    /** Pieces of an answer that wait for the socket, so that the next rows are made while the last ones are sent. */
    private static final int WRITE_QUEUE = 4;

    private static final int SEND_BUFFER_BYTES = 1024 * 1024;
    private static final Duration STOP_GRACE = Duration.ofMillis(500);

    private final WebServer server;
    private final SimulatorSettings settings;
    private final SimulatedSystem system;

    private SapGateway(WebServer server, SimulatorSettings settings, SimulatedSystem system) {
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
        var server = WebServer.builder()
                .host(HOST)
                .port(settings.port())
                .shutdownHook(false) // Whoever started it stops it.
                .shutdownGracePeriod(STOP_GRACE)
                .writeQueueLength(WRITE_QUEUE)
                .maxTcpConnections(CONNECTIONS_MAX)
                .maxPayloadSize(BODY_BYTES_MAX)
                .connectionOptions(options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER_BYTES))
                // Addresses are judged by the service itself, which answers in SAP's words.
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(PROLOGUE_BYTES_MAX)
                        .validatePrologue(false)
                        .validatePath(false)
                        .build())
                .routing(routing -> routing.any(handler))
                .build();
        verifyPortFree(settings.port());
        server.start();
        if (!server.isRunning()) { // Helidon only logs why: in the moment since the look, somebody took the port.
            throw portTaken(settings.port(), null);
        }
        system.foundAt("http://%s:%d".formatted(HOST, server.port()), settings.addressFile(server.port()));
        return new SapGateway(server, settings, system);
    }

    private static void verifyPortFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        } catch (IOException refused) {
            throw portTaken(port, refused);
        }
    }

    private static Failure portTaken(int port, @Nullable IOException refused) {
        var where = "%s:%d, set by simulator-port".formatted(HOST, port);
        return refused == null
                ? SimulatorProblem.SIMULATOR_PORT_TAKEN.because(where)
                : SimulatorProblem.SIMULATOR_PORT_TAKEN.because(where + ": " + refused.getMessage(), refused);
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
        return server.port();
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
        server.stop();
        system.close();
    }
}
