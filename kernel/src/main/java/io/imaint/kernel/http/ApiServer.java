package io.imaint.kernel.http;

import io.imaint.kernel.cache.Counters;
import io.imaint.kernel.cache.LocalCounters;
import io.imaint.kernel.http.server.HttpServer;
import io.imaint.kernel.http.server.HttpServer.Listener;
import io.imaint.kernel.http.server.ListenFailed;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Telemetry;
import io.micrometer.core.instrument.Gauge;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The HTTP server of the API. It answers the routes of all services that run in this process. */
public final class ApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());

    /** How long running requests may still finish at a stop; container platforms kill after thirty seconds. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final HttpServer server;
    private final EventStreams streams;

    private ApiServer(HttpServer server, EventStreams streams) {
        this.server = server;
        this.streams = streams;
    }

    /** As the start with counters, with counters of this process. */
    public static ApiServer start(
            ApiSettings settings,
            List<Routed> services,
            Authenticator authenticator,
            IdempotencyStore answers,
            Supplier<? extends SequencedMap<String, Readiness>> readiness,
            Telemetry telemetry) {
        var counters = new LocalCounters(InstantSource.system());
        return start(settings, services, authenticator, answers, counters, readiness, telemetry);
    }

    /**
     * Starts to listen. Fails with {@link HttpProblem#PORT_TAKEN} or {@link HttpProblem#ADDRESS_UNUSABLE}; two routes
     * that match the same path are an error in the code.
     *
     * @param answers keeps the answers to requests with an Idempotency-Key
     * @param counters count the requests of each caller
     * @param readiness asked at every call of {@code /health/ready}
     */
    public static ApiServer start(
            ApiSettings settings,
            List<Routed> services,
            Authenticator authenticator,
            IdempotencyStore answers,
            Counters counters,
            Supplier<? extends SequencedMap<String, Readiness>> readiness,
            Telemetry telemetry) {
        var limits = settings.limits();
        var routes = new Routes(
                services.stream().flatMap(service -> service.routes().stream()).toList());
        var built = new BuiltInPages(readiness, telemetry);
        var site = services.stream().flatMap(service -> service.site().stream()).findFirst();
        var pages = built.ofApi(routes.all(), site.isEmpty());
        routes.all().stream()
                .filter(route -> pages.containsKey(route.path().text()))
                .forEach(route -> {
                    throw new AssertionError(route + " is a path of the server itself");
                });
        if (answers.equals(IdempotencyStore.NONE)) {
            routes.all().stream().filter(route -> route.kept() != null).forEach(route -> {
                throw new AssertionError(route + " takes an idempotency key but nothing keeps its answers");
            });
        }
        var demanded = Stream.concat(
                        routes.all().stream().flatMap(route -> route.permission().stream()),
                        pages.values().stream().flatMap(page -> Optional.ofNullable(page.permission()).stream()))
                .collect(Collectors.toUnmodifiableSet());
        services.forEach(service -> service.demanded(demanded));
        var streams = new EventStreams(limits);
        Gauge.builder("http.server.streams", streams, EventStreams::count)
                .description("Open streams of events")
                .register(telemetry.registry());
        var rates = new RateLimits(limits.requestsPerMinute(), counters, InstantSource.system());
        var dispatcher = new Dispatcher(routes, pages, site, authenticator, answers, rates, limits);
        var clients = new ClientAddresses(settings.trustedProxies());
        var listeners = new ArrayList<Listener>();
        listeners.add(new Listener(
                settings.host(),
                settings.port(),
                new ApiHandler(dispatcher, streams, clients, telemetry.registry(), limits.requestTimeout())));
        if (settings.healthPort() != ApiSettings.NO_PORT) {
            var health = new Dispatcher(
                    new Routes(List.of()),
                    built.ofHealth(),
                    Optional.empty(),
                    token -> Optional.empty(),
                    IdempotencyStore.NONE,
                    rates,
                    limits);
            listeners.add(new Listener(
                    settings.host(),
                    settings.healthPort(),
                    new ApiHandler(health, streams, clients, telemetry.registry(), limits.requestTimeout())));
        }
        var api = new ApiServer(listening(listeners, settings), streams);
        api.healthAddress().ifPresent(address -> LOG.log(Level.INFO, "health and metrics at {0}", address));
        return api;
    }

    private static HttpServer listening(List<Listener> listeners, ApiSettings settings) {
        try {
            return HttpServer.start(listeners, settings.limits().ofServer(settings.trustedProxies()), GRACE);
        } catch (ListenFailed failed) {
            throw failed.taken()
                    ? HttpProblem.PORT_TAKEN.because("port %d is in use".formatted(failed.port()), failed)
                    : HttpProblem.ADDRESS_UNUSABLE.because(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** Where the server listens, with the port it really has. */
    public URI address() {
        return server.addresses().getFirst();
    }

    /** Where health and metrics are answered beside; empty where the settings want no port for them. */
    public Optional<URI> healthAddress() {
        return server.addresses().stream().skip(1).findFirst();
    }

    @Override
    public void close() {
        streams.close(); // Each would hold the stop for as long as its client stays.
        server.close();
    }
}
