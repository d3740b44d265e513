package io.imaint.app;

import io.imaint.gateway.Gateway;
import io.imaint.gateway.GatewayService;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.integration.broker.BrokerService;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Inbound;
import io.imaint.integration.inbound.InboundService;
import io.imaint.integration.inbound.IntegrationManagerService;
import io.imaint.integration.outbound.ErpOutboundConsumerService;
import io.imaint.integration.outbound.ErpOutboundProducerService;
import io.imaint.integration.outbound.OutboundConsumer;
import io.imaint.integration.references.ReferenceMapperService;
import io.imaint.integration.schedule.DeltaCronjob;
import io.imaint.integration.schedule.DeltaSchedule;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSessionService;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.service.Catalogue;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.LogSettings;
import io.imaint.services.alert.AlertService;
import io.imaint.services.alert.Alerts;
import io.imaint.services.audit.AuditService;
import io.imaint.services.auth.AuthService;
import io.imaint.services.erpmasterdata.ErpMasterDataService;
import io.imaint.services.events.Events;
import io.imaint.services.events.EventsService;
import io.imaint.services.facts.FactsService;
import io.imaint.services.masterconfiguration.MasterConfiguration;
import io.imaint.services.masterconfiguration.MasterConfigurationService;
import io.imaint.services.oidc.OidcService;
import io.imaint.services.outbox.OutboxItems;
import io.imaint.services.outbox.OutboxService;
import io.imaint.services.portal.Portal;
import io.imaint.services.portal.PortalService;
import io.imaint.services.preferences.MobilePreferenceService;
import io.imaint.services.preferences.MobilePreferences;
import io.imaint.services.seed.SeedCollections;
import io.imaint.services.seed.SeedReferrer;
import io.imaint.services.seed.SeedService;
import io.imaint.services.seed.SeedSettings;
import io.imaint.services.seed.Seeding;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.services.settings.SettingsService;
import io.imaint.services.user.UserCollections;
import io.imaint.services.user.UserService;
import io.imaint.services.user.Users;
import io.imaint.services.workorder.WorkOrderService;
import io.imaint.services.workorder.WorkOrders;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.CollectionType;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.cache.CacheService;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The catalogue: every target of this program, in flow order. There are two catalogues, one with the SAP system that the
 * settings name and one with the simulator; nothing else differs.
 */
final class Targets {
    /** The simulator as the SAP system to read from. */
    private static final ServiceModule<SapSystem> SIMULATED_SAP = ServiceModule.named(
                    "sap-system", Group.FOUNDATION, "The SAP system to read from: the simulator")
            .needs(SimulatorService.MODULE)
            .reads(SimulatorSettings::read)
            .starts((needs, settings) -> SapSystems.simulated(needs.the(SimulatorService.MODULE), settings));

    /** What the API gateway keeps. */
    private static final ServiceModule<GatewayRecords> GATEWAY_RECORDS = ServiceModule.named(
                    "gateway-records", Group.FOUNDATION, "What the API gateway keeps in the store")
            .needs(StoreService.MODULE)
            .starts(needs -> new GatewayStore(needs.the(StoreService.MODULE)));

    static final ServiceModule<Gateway> GATEWAY = GatewayService.module(GATEWAY_RECORDS);

    /** The simulator as the SAP system to read from, through the API gateway. */
    private static final ServiceModule<SapSystem> SIMULATED_SAP_BEHIND_GATEWAY = ServiceModule.named(
                    "sap-system",
                    Group.FOUNDATION,
                    "The SAP system to read from: the simulator, through the API gateway")
            .needs(SimulatorService.MODULE, GATEWAY)
            .reads(DemoSystem::read)
            .starts((needs, settings) -> settings.behind(needs.the(GATEWAY), needs.the(SimulatorService.MODULE)));

    /** The SAP system that the settings name. */
    private static final ServiceModule<SapSystem> NAMED_SAP = ServiceModule.named(
                    "sap-system", Group.FOUNDATION, "The SAP system to read from: the one in the settings")
            .reads(SapSystem::read)
            .starts((needs, named) -> named.orElseThrow());

    private static final ServiceModule<SapSession> ACCESS_SIMULATED =
            SapSessionService.module(SIMULATED_SAP_BEHIND_GATEWAY);
    private static final ServiceModule<SapSession> ACCESS_NAMED = SapSessionService.module(NAMED_SAP);

    private static final ServiceModule<Inbound> INBOUND_SIMULATED =
            InboundService.module(SIMULATED_SAP_BEHIND_GATEWAY, ACCESS_SIMULATED);
    private static final ServiceModule<Inbound> INBOUND_NAMED = InboundService.module(NAMED_SAP, ACCESS_NAMED);

    private static final ServiceModule<DeltaSchedule> DELTA_SIMULATED =
            DeltaCronjob.module(SIMULATED_SAP_BEHIND_GATEWAY, ACCESS_SIMULATED);
    private static final ServiceModule<DeltaSchedule> DELTA_NAMED = DeltaCronjob.module(NAMED_SAP, ACCESS_NAMED);

    private static final ServiceModule<OutboundConsumer> CONSUMER_SIMULATED =
            ErpOutboundConsumerService.module(ACCESS_SIMULATED);
    private static final ServiceModule<OutboundConsumer> CONSUMER_NAMED =
            ErpOutboundConsumerService.module(ACCESS_NAMED);

    /** Users and their rights. A reset keeps them, except with {@code --with-users}. */
    static final List<CollectionType<?>> PEOPLE =
            List.of(UserCollections.USERS, UserCollections.ROLES, UserCollections.GROUPS);

    /** The seeded collections that are declared where they are read. */
    static final List<CollectionType<?>> SEEDED = Stream.of(
                    List.<CollectionType<?>>of(Integrations.TYPE, UserCollections.USERS, UserCollections.ROLES),
                    Alerts.SEEDED,
                    OrganizationSettings.SEEDED,
                    MobilePreferences.SEEDED)
            .<CollectionType<?>>flatMap(List::stream)
            .toList();

    /** What refers to seed data without being any. */
    static final List<SeedReferrer> REFERRERS = List.of(
            new SeedReferrer(UserCollections.GROUPS, "roles", "Role"),
            new SeedReferrer(AuthService.API_KEYS, "permissions", "Permission"));

    /** What a dump takes along; it has the definitions of the integrations anyway. */
    static final List<CollectionType<?>> CONFIGURATION = Stream.concat(
                    SeedCollections.withStates(SEEDED).stream(), Stream.of(UserCollections.GROUPS))
            .filter(type -> type != Integrations.TYPE)
            .toList();

    /** Brings in the seed data; the same in both catalogues. */
    static final ServiceModule<Seeding> SEED = SeedService.module(SEEDED, REFERRERS);

    private static final ServiceModule<OrganizationSettings> SETTINGS = SettingsService.module(UserService.MODULE);

    private static final ServiceModule<Portal> PORTAL = PortalService.module(OrganizationSettings.LANGUAGES);

    private static final ServiceModule<Alerts> ALERTS = AlertService.module(UserService.MODULE);

    private static final ServiceModule<Events> EVENTS = EventsService.module(Stream.of(
                    MasterConfiguration.LIVE,
                    WorkOrders.LIVE,
                    Alerts.LIVE,
                    Users.LIVE,
                    OrganizationSettings.LIVE,
                    OutboxItems.LIVE)
            .flatMap(List::stream)
            .toList());

    private static final Catalogue WITH_SIMULATOR = new Catalogue(
            SimulatorService.MODULE,
            StoreService.MODULE,
            BrokerService.MODULE,
            CacheService.MODULE,
            GATEWAY_RECORDS,
            GATEWAY,
            SEED,
            AuditService.MODULE,
            FactsService.MODULE,
            OutboxService.MODULE,
            AuthService.ACCESS,
            AuthService.MODULE,
            OidcService.MODULE,
            SIMULATED_SAP_BEHIND_GATEWAY, // Waits for the simulator, which starts meanwhile.
            ACCESS_SIMULATED,
            ReferenceMapperService.MODULE,
            INBOUND_SIMULATED,
            DELTA_SIMULATED,
            ErpOutboundProducerService.MODULE,
            CONSUMER_SIMULATED,
            IntegrationManagerService.MODULE,
            MasterConfigurationService.MODULE,
            ErpMasterDataService.MODULE,
            WorkOrderService.MODULE,
            UserService.MODULE,
            SETTINGS,
            MobilePreferenceService.MODULE,
            ALERTS,
            EVENTS,
            PORTAL);

    private static final Catalogue WITH_NAMED_SAP = new Catalogue(
            StoreService.MODULE,
            BrokerService.MODULE,
            CacheService.MODULE,
            GATEWAY_RECORDS,
            GATEWAY,
            NAMED_SAP,
            ACCESS_NAMED,
            SEED,
            AuditService.MODULE,
            FactsService.MODULE,
            OutboxService.MODULE,
            AuthService.ACCESS,
            AuthService.MODULE,
            OidcService.MODULE,
            ReferenceMapperService.MODULE,
            INBOUND_NAMED,
            DELTA_NAMED,
            ErpOutboundProducerService.MODULE,
            CONSUMER_NAMED,
            IntegrationManagerService.MODULE,
            MasterConfigurationService.MODULE,
            ErpMasterDataService.MODULE,
            WorkOrderService.MODULE,
            UserService.MODULE,
            SETTINGS,
            MobilePreferenceService.MODULE,
            ALERTS,
            EVENTS,
            PORTAL);

    /** What commands need that move data while nothing runs; they ask the simulator itself. */
    private static final Catalogue COMMANDS_WITH_SIMULATOR =
            new Catalogue(SimulatorService.MODULE, SIMULATED_SAP, StoreService.MODULE);

    private static final Catalogue COMMANDS_WITH_NAMED_SAP = new Catalogue(NAMED_SAP, StoreService.MODULE);

    private Targets() {}

    static Catalogue ofCommands(Settings settings) {
        verifiable(settings); // The keys of what is not started here are keys all the same.
        return namesSap(settings) ? COMMANDS_WITH_NAMED_SAP : COMMANDS_WITH_SIMULATOR;
    }

    static Catalogue catalogue(Settings settings) {
        readShared(settings);
        return namesSap(settings) ? WITH_NAMED_SAP : WITH_SIMULATOR;
    }

    /** Whether the settings name a SAP system; otherwise the simulator is it. */
    static boolean namesSap(Settings settings) {
        return SapSystem.read(settings).isPresent();
    }

    static ServiceModule<Inbound> inbound(Settings settings) {
        return namesSap(settings) ? INBOUND_NAMED : INBOUND_SIMULATED;
    }

    static ServiceModule<SapSystem> sap(Settings settings) {
        return namesSap(settings) ? NAMED_SAP : SIMULATED_SAP;
    }

    /** Every key that any target reads, in alphabetical order. */
    static List<Settings.Known> knownSettings() {
        var settings = Settings.of(Map.of());
        verifiable(settings);
        return settings.known();
    }

    /** Reads every key of every target, so that {@link Settings#verify()} finds all mistakes; returns the settings. */
    static Settings verifiable(Settings settings) {
        catalogue(settings).read(settings);
        return settings;
    }

    /** Keys of no target, and keys of a target in the other catalogue. */
    private static void readShared(Settings settings) {
        ApiSettings.read(settings);
        BackingServices.read(settings);
        LogSettings.read(settings);
        SeedSettings.read(settings);
        SapSystem.read(settings);
        SimulatorSettings.read(settings);
        StoreSettings.read(settings);
    }
}
