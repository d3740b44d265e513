package io.imaint.checks;

import io.imaint.gateway.GatewayService;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.integration.broker.BrokerService;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.inbound.InboundService;
import io.imaint.integration.inbound.IntegrationManagerService;
import io.imaint.integration.outbound.ErpOutboundConsumerService;
import io.imaint.integration.outbound.ErpOutboundProducerService;
import io.imaint.integration.references.ReferenceMapperService;
import io.imaint.integration.schedule.DeltaCronjob;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSessionService;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.service.Catalogue;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.alert.AlertService;
import io.imaint.services.alert.Alerts;
import io.imaint.services.audit.AuditService;
import io.imaint.services.auth.AuthService;
import io.imaint.services.erpmasterdata.ErpMasterDataService;
import io.imaint.services.events.EventsService;
import io.imaint.services.facts.FactsService;
import io.imaint.services.masterconfiguration.MasterConfiguration;
import io.imaint.services.masterconfiguration.MasterConfigurationService;
import io.imaint.services.oidc.OidcService;
import io.imaint.services.outbox.OutboxItems;
import io.imaint.services.outbox.OutboxService;
import io.imaint.services.portal.PortalService;
import io.imaint.services.preferences.MobilePreferenceService;
import io.imaint.services.preferences.MobilePreferences;
import io.imaint.services.seed.SeedService;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.services.settings.SettingsService;
import io.imaint.services.user.UserCollections;
import io.imaint.services.user.UserService;
import io.imaint.services.user.Users;
import io.imaint.services.workorder.WorkOrderService;
import io.imaint.services.workorder.WorkOrders;
import io.imaint.store.CollectionType;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.cache.CacheService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every service that has routes, in this process, over a store that a test has filled. It differs from the program in who
 * calls: any caller a test wants. No SAP system answers and no integration is active, so that only the test writes.
 */
final class ServedCatalogue implements AutoCloseable {
    /** Far above what any request needs; a test that waits this long has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern NEEDS = Pattern.compile("Needs the permission `(.+)`\\.");
    private static final String SIGNED_IN = "Open to every caller who has signed in";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final ServiceModule<SapSystem> SAP = ServiceModule.named(
                    "sap-system", Group.FOUNDATION, "A SAP system that does not answer")
            .starts(needs -> new SapSystem(
                    URI.create("http://127.0.0.1:1/sap"), "IMAINT", new Secret("none"), "100", "EN", "nowhere"));

    /** As the program declares them. */
    private static final List<CollectionType<?>> SEEDED = Stream.of(
                    List.<CollectionType<?>>of(Integrations.TYPE, UserCollections.USERS, UserCollections.ROLES),
                    Alerts.SEEDED,
                    OrganizationSettings.SEEDED,
                    MobilePreferences.SEEDED)
            .<CollectionType<?>>flatMap(List::stream)
            .toList();

    private static final ServiceModule<SapSession> ACCESS = SapSessionService.module(SAP);

    private static final ServiceModule<GatewayRecords> GATEWAY_RECORDS = ServiceModule.named(
                    "gateway-records", Group.FOUNDATION, "What the API gateway keeps, in memory")
            .starts(needs -> new InMemoryRecords(InstantSource.system()));

    private static final ServiceModule<?>[] MODULES = {
        StoreService.MODULE,
        BrokerService.MODULE,
        CacheService.MODULE,
        GATEWAY_RECORDS,
        GatewayService.module(GATEWAY_RECORDS),
        SeedService.module(SEEDED, List.of()),
        AuditService.MODULE,
        FactsService.MODULE,
        OutboxService.MODULE,
        AuthService.ACCESS,
        AuthService.MODULE,
        OidcService.MODULE,
        SAP,
        ACCESS,
        ReferenceMapperService.MODULE,
        InboundService.module(SAP, ACCESS),
        DeltaCronjob.module(SAP, ACCESS),
        ErpOutboundProducerService.MODULE,
        ErpOutboundConsumerService.module(ACCESS),
        IntegrationManagerService.MODULE,
        MasterConfigurationService.MODULE,
        ErpMasterDataService.MODULE,
        WorkOrderService.MODULE,
        UserService.MODULE,
        SettingsService.module(UserService.MODULE),
        MobilePreferenceService.MODULE,
        AlertService.module(UserService.MODULE),
        EventsService.module(Stream.of(
                        MasterConfiguration.LIVE,
                        WorkOrders.LIVE,
                        Alerts.LIVE,
                        Users.LIVE,
                        OrganizationSettings.LIVE,
                        OutboxItems.LIVE)
                .flatMap(List::stream)
                .toList()),
        PortalService.module(OrganizationSettings.LANGUAGES)
    };

    /** They have no routes, and would take to SAP what a test has entered. */
    private static final Set<String> NOT_STARTED = Set.of(
            ErpOutboundProducerService.MODULE.name(),
            ErpOutboundConsumerService.module(ACCESS).name());

    /** The names of the services, in flow order. */
    static List<String> targets() {
        return Stream.of(MODULES).<String>map(ServiceModule::name).toList();
    }

    /**
     * A route as the API's description publishes it.
     *
     * @param open whether it needs no token
     * @param permission null where the route is open to everybody, or to everybody who has signed in
     * @param versioned whether a request must name the version that it changes
     * @param paged whether it answers page by page
     */
    record PublishedRoute(
            String method,
            String path,
            boolean open,
            @Nullable String permission,
            boolean versioned,
            boolean paged) {
        String name() {
            return method + " " + path;
        }
    }

    /** An answer; that of a stream has no body. */
    record Reply(int status, String body, Map<String, List<String>> headers) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final RunningServices services;
    private final Telemetry telemetry = Telemetry.create();
    private final ApiServer server;
    private final Map<String, Caller> callersByToken = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();

    private ServedCatalogue(RunningServices services) {
        this.services = services;
        this.server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                services.all(Routed.class),
                token -> Optional.ofNullable(callersByToken.get(token)),
                new IdempotencyKeys(store(), InstantSource.system()),
                services::readiness,
                telemetry);
    }

    /** Starts all services over what {@code fill} puts into the store. */
    static ServedCatalogue start(Path home, Consumer<Store> fill) {
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()))) {
            var inactive = Integrations.product().stream()
                    .map(integration -> integration.with(Status.NOT_ACTIVE))
                    .toList();
            Integrations.insertMissing(store.documents(Integrations.TYPE), inactive);
            new Seeds(store, SEEDED, InstantSource.system()).seed(SeedSource.PROGRAM);
            fill.accept(store);
        }
        var catalogue = new Catalogue(MODULES);
        var settings =
                Settings.of(Map.of("home", home.toString(), "gateway-port", "0", "outgoing-allowed", "127.0.0.1"));
        return new ServedCatalogue(catalogue.start(
                catalogue.chosen(String.join(
                        ",",
                        targets().stream()
                                .filter(name -> !NOT_STARTED.contains(name))
                                .toList())),
                settings));
    }

    Store store() {
        return services.the(StoreService.MODULE);
    }

    /** All routes, in the order in which the services declare them. */
    List<PublishedRoute> routes() {
        var routes = new ArrayList<PublishedRoute>();
        for (var path :
                send(null, "GET", "/openapi.json", null).json().get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                var operation = method.getValue();
                boolean open =
                        operation.has("security") && operation.get("security").isEmpty();
                var description = operation.path("description").asString("");
                var needs = NEEDS.matcher(description);
                boolean permits = needs.find();
                if (!open && !permits && !description.startsWith(SIGNED_IN)) {
                    throw new AssertionError(path.getKey() + " names no permission");
                }
                routes.add(new PublishedRoute(
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        open,
                        permits ? needs.group(1) : null,
                        operation.path("responses").has("428"),
                        operation
                                .path("parameters")
                                .valueStream()
                                .anyMatch(each -> each.get("name").asString().equals("after"))));
            }
        }
        return routes;
    }

    /**
     * Sends a request.
     *
     * @param caller null sends no token
     * @param body JSON, or the lines of a file; null for none
     * @param headers names and values in turn
     */
    Reply send(@Nullable Caller caller, String method, String target, @Nullable String body, String... headers) {
        var response = exchange(caller, method, target, body, headers);
        try (var stream = response.body()) {
            boolean endless =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            var text = endless ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Reply(response.statusCode(), text, response.headers().map());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The lines of a stream of events; to be closed. */
    Stream<String> events(Caller caller, String target, String lastEventId) {
        var response = exchange(caller, "GET", target, null, "Last-Event-ID", lastEventId);
        var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        return lines.lines().onClose(() -> close(response.body()));
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private HttpResponse<InputStream> exchange(
            @Nullable Caller caller, String method, String target, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(server.address().resolve(target))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (caller != null) {
            var token = "token-" + tokens.incrementAndGet();
            callersByToken.put(token, caller);
            request.setHeader("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.setHeader("Content-Type", mediaType(method, target, body));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    private static String mediaType(String method, String target, String body) {
        if (target.startsWith("/scim/")) {
            return "application/scim+json";
        }
        if (target.endsWith("/back-channel-logout")) {
            return "application/x-www-form-urlencoded";
        }
        if (!body.startsWith("{")) {
            return "text/csv";
        }

        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    /** Makes something; the path at which it is then. */
    String make(Caller caller, String path, String body) {
        var made = send(caller, "POST", path, body);
        assert made.status() == 201 : made;
        return made.header("location");
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        services.close();
        telemetry.close();
    }
}
