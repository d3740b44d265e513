package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.inbound.InboundMeters;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The declaration of the delta job. */
public final class DeltaCronjob {
    public static final String NAME = "delta-cronjob";

    private record Configured(int parallel, InboundSettings inbound, DeltaSettings delta, LanguageSettings languages) {
        static Configured read(Settings settings) {
            return new Configured(
                    settings.integer("delta-parallel", 4, 1, 10, "the maximum number of deltas at once"),
                    InboundSettings.read(settings),
                    DeltaSettings.read(settings),
                    LanguageSettings.read(settings));
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
            ServiceModule<SapSystem> sapSystem, ServiceModule<SapSession> sapAccess) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Runs deltas on the schedule of each integration")
                .needs(StoreService.MODULE, sapSystem, sapAccess)
                .reads(Configured::read)
                .starts((needs, configured) ->
                        start(needs.the(StoreService.MODULE), needs.the(sapSystem), needs.the(sapAccess), configured));
    }

    private static DeltaSchedule start(Store store, SapSystem system, SapSession sap, Configured configured) {
        var clock = InstantSource.system();
        var meters = new InboundMeters(clock);
        var context = InboundContext.of(store, system.identity(), sap, LoadOptions.of(configured.inbound));
        var deltas = new Deltas(context, system.credentials().user(), configured.delta, meters);
        var cancellation = new Cancellation();
        var texts = new LanguageTexts(context, system.language(), configured.languages, cancellation).started();
        return DeltaSchedule.start(
                store.documents(Integrations.TYPE),
                new ScheduledDeltas(store, deltas, texts, cancellation),
                clock,
                new Random(),
                new DeltaSchedule.Terms(configured.parallel, meters, new ScheduleClaims(store, Holder.here())));
    }

    /** The deltas of the inbound package as the schedule runs them. */
    private static final class ScheduledDeltas implements DeltaRuns {
        private final Store store;
        private final Deltas deltas;
        private final LanguageTexts texts;
        private final Cancellation cancellation;
        private final BackgroundReconciliation background;

        ScheduledDeltas(Store store, Deltas deltas, LanguageTexts texts, Cancellation cancellation) {
            this.store = store;
            this.deltas = deltas;
            this.texts = texts;
            this.cancellation = cancellation;
            this.background = BackgroundReconciliation.start(
                    store.documents(Integrations.TYPE), deltas, InstantSource.system(), cancellation);
        }

        @Override
        public RunResult run(String integration) {
            return deltas.run(integration, cancellation);
        }

        @Override
        public @Nullable Instant lastRun(String integration) {
            return InboundState.of(store, integration).delta().lastRunAt();
        }

        @Override
        public Integration live(Integration integration) {
            return InboundState.withStatus(store, integration);
        }

        @Override
        public boolean open() {
            return deltas.sap().open();
        }

        @Override
        public void cancel() {
            cancellation.request();
        }

        @Override
        public void close() {
            background.close();
            texts.close();
            deltas.close();
        }
    }
}
