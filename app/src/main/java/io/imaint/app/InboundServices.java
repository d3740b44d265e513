package io.imaint.app;

import io.imaint.integration.delta.DeltaListener;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.source.SapAccess;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** What the commands need that move data: the store and a SAP system. */
final class InboundServices {
    private InboundServices() {}

    /** The store, and a simulator where none runs yet on this machine and no SAP system is named. */
    static RunningServices started(Settings settings) {
        var catalogue = Targets.catalogue(settings);
        boolean simulatorRuns =
                !Targets.namesSap(settings) && Sap.running(settings).isPresent();
        return catalogue.start(catalogue.chosen(simulatorRuns ? "store" : "store,sap-system"), settings);
    }

    static SapSystem sap(RunningServices landscape, Settings settings) {
        var sap = Targets.sap(settings);
        return landscape.runs(sap) ? landscape.the(sap) : Sap.running(settings).orElseThrow();
    }

    /** The command's one way to SAP. */
    static SapAccess access(RunningServices landscape, Settings settings) {
        return SapAccess.to(sap(landscape, settings), InboundSettings.read(settings), InstantSource.system());
    }

    /** The deltas over that way. */
    static Deltas deltas(RunningServices landscape, Settings settings, SapAccess access) {
        return new Deltas(
                landscape.the(StoreService.MODULE),
                sap(landscape, settings),
                access,
                InboundSettings.read(settings),
                DeltaSettings.read(settings),
                DeltaListener.NONE);
    }
}
