package io.imaint.app;

import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.LoadOptions;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import java.time.InstantSource;
import java.util.LinkedHashSet;

/** The services that commands need to move data: the store and a SAP system. */
final class CommandServices {
    private CommandServices() {}

    /** Starts the store, and a simulator when no SAP system is named and no simulator is running on this machine. */
    static RunningServices started(Settings settings) {
        return started(settings, true);
    }

    /** As above; without the store, in which starting it writes, for a command that only asks SAP. */
    static RunningServices started(Settings settings, boolean withStore) {
        var catalogue = Targets.ofCommands(settings);
        var targets = new LinkedHashSet<ServiceModule<?>>();
        if (withStore) {
            targets.add(StoreService.MODULE);
        }
        boolean simulatorRuns =
                !Targets.namesSap(settings) && SapSystems.running(settings).isPresent();
        if (!simulatorRuns) {
            targets.add(Targets.sap(settings));
        }
        return catalogue.start(targets, settings);
    }

    static SapSystem sap(RunningServices services, Settings settings) {
        var sap = Targets.sap(settings);
        return services.runs(sap)
                ? services.the(sap)
                : SapSystems.running(settings).orElseThrow();
    }

    /** The access to SAP that everything in the command shares. */
    static SapSession access(RunningServices services, Settings settings) {
        var session = SapSession.to(
                services.the(StoreService.MODULE),
                sap(services, settings),
                InboundSettings.read(settings),
                InstantSource.system());
        session.tryOnceMore(); // Who types a command wants a run.
        return session;
    }

    /** Deltas over that access. */
    static Deltas deltas(RunningServices services, Settings settings, SapSession access) {
        return new Deltas(
                context(services, settings, access),
                sap(services, settings).credentials().user(),
                DeltaSettings.read(settings),
                Deltas.Listener.NONE);
    }

    /** What runs work with, over that access. */
    static InboundContext context(RunningServices services, Settings settings, SapSession access) {
        return InboundContext.of(
                services.the(StoreService.MODULE),
                sap(services, settings).identity(),
                access,
                LoadOptions.of(InboundSettings.read(settings)));
    }
}
