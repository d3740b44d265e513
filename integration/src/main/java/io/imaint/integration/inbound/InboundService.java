package io.imaint.integration.inbound;

import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.references.ReferenceMapperService;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.LoadOptions;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** The declaration of the inbound service. */
public final class InboundService {
    public static final String NAME = "sap-inbound-api-service";

    private InboundService() {}

    /**
     * The service, reading from a given system.
     *
     * @param sapSystem what names the system to load from: the settings', or a simulated one
     * @param sapAccess the process's way to it
     */
    public static ServiceModule<Inbound> module(
            ServiceModule<SapSystem> sapSystem, ServiceModule<SapSession> sapAccess) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Loads data from SAP")
                .needs(StoreService.MODULE, sapSystem, sapAccess, ReferenceMapperService.MODULE)
                .reads(Configured::read)
                .starts((needs, configured) ->
                        start(needs.the(StoreService.MODULE), needs.the(sapSystem), needs.the(sapAccess), configured));
    }

    private record Configured(InboundSettings inbound, DeltaSettings delta) {
        static Configured read(Settings settings) {
            return new Configured(InboundSettings.read(settings), DeltaSettings.read(settings));
        }
    }

    private static Inbound start(Store store, SapSystem system, SapSession sap, Configured configured) {
        var clock = InstantSource.system();
        var meters = new InboundMeters(clock);
        var context = InboundContext.of(store, system.identity(), sap, LoadOptions.of(configured.inbound));
        var loads = new InboundLoads(context);
        var deltas = new Deltas(context, system.credentials().user(), configured.delta, meters);
        return Inbound.start(loads, context.options(), new InboundRoutes(store, loads, deltas, meters, clock));
    }
}
