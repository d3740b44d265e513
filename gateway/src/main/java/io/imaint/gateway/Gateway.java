package io.imaint.gateway;

import com.github.benmanes.caffeine.cache.Ticker;
import io.imaint.gateway.edge.Edge;
import io.imaint.gateway.edge.Perimeter;
import io.imaint.gateway.edge.PerimeterRoutes;
import io.imaint.gateway.flow.Engine;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.MemoryCaches;
import io.imaint.gateway.insight.Insight;
import io.imaint.gateway.insight.InsightRoutes;
import io.imaint.gateway.management.ApiManagement;
import io.imaint.gateway.management.TestConsole;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.PendingCounters;
import io.imaint.gateway.registry.StoredCounters;
import io.imaint.gateway.registry.StoredMaps;
import io.imaint.gateway.registry.StoredTokens;
import io.imaint.gateway.wire.GatewayServer;
import io.imaint.gateway.wire.ServerTls;
import io.imaint.gateway.wire.TargetClient;
import io.imaint.gateway.wire.WireLimits;
import io.imaint.gateway.wire.WireLoops;
import io.imaint.kernel.cache.LocalCounters;
import io.imaint.kernel.http.ClientAddresses;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running gateway: takes requests of clients, runs them through the deployed proxies, and asks the targets. */
public final class Gateway implements Routed, Readiness.Reporting, AutoCloseable {
    /** Requests that run when the gateway stops may still end. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** When the time of an exchange is over, its fault rules may still run so long before the wire answers without them. */
    private static final Duration FAULT_RULE_GRACE = Duration.ofSeconds(3);

    /** A changed web ACL holds after this long. */
    private static final Duration ACL_READ_EVERY = Duration.ofSeconds(2);

    /**
     * What is set up is read each second. Without the store a gateway goes on with what it knows; all gateways would report at the same time
     * that they are not ready, and nobody would answer.
     */
    static final Duration STALE_AFTER = Duration.ofMinutes(5);

    private final WireLoops loops;
    private final TargetClient targets;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService aclReader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("gateway-acl").factory());
    private final LiveRegistry registry;
    private final Configuration configuration;
    private final PendingCounters pendingCounters;
    private final Engine engine;
    private final Insight insight;
    private final Edge edge;
    private final Perimeter perimeter;
    private final ApiManagement management;
    private final TestConsole console;
    private final GatewayServer server;

    private Gateway(GatewayRecords records, GatewaySettings settings, InstantSource clock) {
        var random = new SecureRandom();
        var sealing = settings.sealing().sealing(random);
        this.edge = settings.webAcl().map(Edge::of).orElseGet(Edge::open);
        this.registry = LiveRegistry.start(records, sealing);
        this.configuration = new Configuration(records, sealing, registry::refresh);
        this.insight = new Insight(clock);
        this.loops = WireLoops.start(settings.threads(), clock);
        var limits = WireLimits.standard(
                settings.shared().limits().ofServer(settings.shared().trustedProxies()),
                settings.exchangeTimeout().plus(FAULT_RULE_GRACE));
        this.targets = new TargetClient(loops, limits, new RegistryTls(registry));
        this.engine = new Engine(registry, targets, workers, insight, clock, settings.exchangeTimeout());
        var counters = new StoredCounters(records, random);
        this.pendingCounters = new PendingCounters(counters, clock);
        var parts = new GatewayParts(
                registry,
                new StoredMaps(configuration),
                new StoredTokens(records, Ticker.systemTicker()),
                counters,
                new LocalCounters(clock),
                pendingCounters,
                new MemoryCaches(clock, Ticker.systemTicker()),
                targets,
                engine,
                clock,
                random,
                settings.tooManyRequests());
        this.management = ApiManagement.start(new ApiManagement.Parts(
                records, sealing, registry, new EngineRuntime(engine, parts), targets, clock, random));
        this.perimeter =
                edge.before(engine, new ClientAddresses(settings.shared().trustedProxies()), settings.logsAllowed());
        this.server = listening(settings, limits);
        this.console = new TestConsole(configuration, engine, perimeter, edge::readsAddressFrom, address(), clock);
        var unused = aclReader.scheduleWithFixedDelay(
                edge::refresh, ACL_READ_EVERY.toMillis(), ACL_READ_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts a gateway on what is kept. */
    public static Gateway start(GatewayRecords records, GatewaySettings settings, InstantSource clock) {
        return new Gateway(records, settings, clock);
    }

    private GatewayServer listening(GatewaySettings settings, WireLimits limits) {
        var tls = settings.tls().map(Gateway::tls);
        try {
            var listener = new GatewayServer.Listener(settings.host(), settings.port(), tls);
            return GatewayServer.start(List.of(listener), loops, limits, perimeter, GRACE);
        } catch (IOException failed) {
            stop();
            throw GatewayProblem.GATEWAY_PORT_TAKEN.because(
                    "%s, set by gateway-port".formatted(failed.getMessage()), failed);
        }
    }

    private static ServerTls tls(GatewaySettings.TlsFiles files) {
        try {
            var authorities = files.clientAuthorities();
            return new ServerTls(
                    Files.readString(files.chain()),
                    new Secret(Files.readString(files.key())),
                    authorities.isPresent() ? ServerTls.ClientCertificates.NEED : ServerTls.ClientCertificates.NONE,
                    authorities.isPresent() ? Files.readString(authorities.get()) : "");
        } catch (IOException unreadable) {
            throw GatewayProblem.GATEWAY_CERTIFICATE_UNUSABLE.because(
                    String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /** Where clients reach it. */
    public URI address() {
        return server.addresses().getFirst();
    }

    public LiveRegistry registry() {
        return registry;
    }

    /** What is set up, for changing. */
    public Configuration configuration() {
        return configuration;
    }

    public Engine engine() {
        return engine;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(management, new InsightRoutes(insight, engine), new PerimeterRoutes(edge, perimeter), console)
                .flatMap(routed -> routed.routes().stream())
                .toList();
    }

    @Override
    public Readiness readiness() {
        if (!server.ready()) {
            return Readiness.notReady("it does not listen");
        }
        return readiness(registry.age());
    }

    /** @param age of what is known of the registry */
    static Readiness readiness(Duration age) {
        return age.compareTo(STALE_AFTER) > 0
                ? Readiness.notReady(
                        "it has not read for %d seconds what is set up, so it may serve what was changed or revoked"
                                .formatted(age.toSeconds()))
                : Readiness.READY;
    }

    @Override
    public void close() {
        server.close();
        pendingCounters.flush();
        stop();
    }

    private void stop() {
        aclReader.shutdownNow();
        registry.close();
        targets.close();
        workers.shutdownNow();
        loops.close();
    }
}
