package io.imaint.kernel.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Telemetry;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the API. It answers the routes of all services that run in this process. */
public final class ApiServer implements AutoCloseable {
    /** Bytes of a request line; longer ones do not pass through common proxies either. */
    private static final int REQUEST_LINE_LENGTH_MAX = 8 << 10;

    /** How long running requests may still finish at a stop; container platforms kill after thirty seconds. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final WebServer server;
    private final EventStreams streams;
    private final URI address;

    private ApiServer(WebServer server, EventStreams streams, URI address) {
        this.server = server;
        this.streams = streams;
        this.address = address;
    }

    /**
     * Starts to listen. Fails with {@link HttpProblem#PORT_TAKEN} or {@link HttpProblem#ADDRESS_UNUSABLE}; two routes
     * that match the same path are an error in the code.
     *
     * @param answers keeps the answers to requests with an Idempotency-Key
     * @param readiness asked at every call of {@code /health/ready}
     */
    public static ApiServer start(
            ApiSettings settings,
            List<Routed> services,
            Authenticator authenticator,
            IdempotencyStore answers,
            Supplier<? extends SequencedMap<String, Readiness>> readiness,
            Telemetry telemetry) {
        var routes = new Routes(
                services.stream().flatMap(service -> service.routes().stream()).toList());
        var pages = BuiltInPages.of(readiness, telemetry, routes.all());
        routes.all().stream()
                .filter(route -> pages.containsKey(route.path().text()))
                .forEach(route -> {
                    throw new AssertionError(route + " is a path of the server itself");
                });
        if (answers == IdempotencyStore.NONE) {
            routes.all().stream().filter(route -> route.kept() != null).forEach(route -> {
                throw new AssertionError(route + " takes an idempotency key but nothing keeps its answers");
            });
        }
        var dispatcher = new Dispatcher(routes, pages, authenticator, answers, settings.limits());
        var streams = new EventStreams(settings.limits());
        Gauge.builder("http.server.streams", streams, EventStreams::count)
                .description("Open streams of events")
                .register(telemetry.registry());
        var exchange = new Exchange(dispatcher, streams, telemetry.registry(), ApiServer::newId, settings.limits().requestTimeout());
        var server = listening(settings, exchange);
        return new ApiServer(server, streams, address(settings.host(), server.port()));
    }

    private static WebServer listening(ApiSettings settings, Exchange exchange) {
        var limits = settings.limits();
        var early = DirectHandlers.builder();
        Stream.of(DirectHandler.EventType.values())
                .forEach(type -> early.addHandler(type, new EarlyProblems(ApiServer::newId)));
        var host = free(settings);
        var server = WebServer.builder()
                .address(host)
                .port(settings.port())
                .shutdownHook(false) // The landscape stops its services in order; a hook of its own would race it.
                .shutdownGracePeriod(GRACE)
                .maxPayloadSize(limits.bodySizeMax())
                .maxTcpConnections(limits.connectionsMax())
                .connectionOptions(socket -> socket.tcpNoDelay(true)) // Else an answer's last packet waits for an ACK.
                .idleConnectionTimeout(limits.idleTimeout())
                .idleConnectionPeriod(limits.idleTimeout().dividedBy(2))
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_LENGTH_MAX)
                        .maxHeadersSize(limits.headersSizeMax())
                        .build())
                .directHandlers(early.build())
                .errorHandling(errors -> errors.includeEntity(true))
                .routing(routing -> routing.any(exchange))
                .build()
                .start();
        if (!server.isRunning()) {
            throw portTaken(settings, null);
        }
        return server;
    }

    /**
     * The host's address once its port has proved free. The server's library only logs that it cannot bind and carries
     * on without listening, so the reason is found here, before.
     */
    private static InetAddress free(ApiSettings settings) {
        try (var probe = new ServerSocket()) {
            var host = InetAddress.getByName(settings.host());
            probe.bind(new InetSocketAddress(host, settings.port()));
            return host;
        } catch (UnknownHostException unknown) {
            throw HttpProblem.ADDRESS_UNUSABLE.because("'%s' is unknown".formatted(settings.host()), unknown);
        } catch (IOException refused) {
            var message = String.valueOf(refused.getMessage());
            throw message.contains("in use")
                    ? portTaken(settings, refused)
                    : HttpProblem.ADDRESS_UNUSABLE.because(
                            "%s, port %d: %s".formatted(settings.host(), settings.port(), message), refused);
        }
    }

    private static Failure portTaken(ApiSettings settings, @Nullable Throwable cause) {
        var detail = "port %d is in use".formatted(settings.port());
        return cause == null ? HttpProblem.PORT_TAKEN.because(detail) : HttpProblem.PORT_TAKEN.because(detail, cause);
    }

    private static URI address(String host, int port) {
        return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** A new request id: 64 random bits, which need not be secret, only different. */
    private static String newId() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong());
    }

    /** Where the server listens, with the port it really has. */
    public URI address() {
        return address;
    }

    @Override
    public void close() {
        streams.close(); // Each would hold the stop for as long as its client stays.
        server.stop();
    }
}
