package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.inbound.InboundMeters;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.time.InstantSource;
import java.util.Random;

/** The declaration of the delta job. */
public final class DeltaCronjob {
    public static final String NAME = "delta-cronjob";

    private record Configured(int parallel, InboundSettings inbound, DeltaSettings delta) {
        static Configured read(Settings settings) {
            return new Configured(
                    settings.integer("delta-parallel", 4, 1, 10, "the maximum number of deltas at once"),
                    InboundSettings.read(settings),
                    DeltaSettings.read(settings));
        }
    }

    private DeltaCronjob() {}

    /**
     * The service, reading from a given system.
     *
     * @param sapSystem what names the system to read from
     * @param sapAccess the process's way to it
     */
    public static ServiceModule<DeltaSchedule> module(
            ServiceModule<SapSystem> sapSystem, ServiceModule<SapAccess> sapAccess) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Runs deltas on the schedule of each integration")
                .needs(StoreService.MODULE, sapSystem, sapAccess)
                .reads(Configured::read)
                .starts((needs, configured) ->
                        start(needs.the(StoreService.MODULE), needs.the(sapSystem), needs.the(sapAccess), configured));
    }

    private static DeltaSchedule start(Store store, SapSystem system, SapAccess sap, Configured configured) {
        var clock = InstantSource.system();
        var meters = new InboundMeters(clock);
        var deltas = new Deltas(store, system, sap, configured.inbound, configured.delta, meters);
        return DeltaSchedule.start(
                store.documents(Integrations.TYPE),
                new ScheduledDeltas(store, deltas),
                clock,
                new Random(),
                new DeltaSchedule.Terms(configured.parallel, meters, new Turns(store, Holder.here())));
    }
}
