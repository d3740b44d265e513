package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integrations;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Function;

/** The declaration of the delta job. */
public final class DeltaCronjob {
    public static final String NAME = "delta-cronjob";

    private DeltaCronjob() {}

    /**
     * The service, which fetches changes through a service that can.
     *
     * @param inbound what runs deltas, and how it does
     */
    public static <T> ServiceModule<DeltaSchedule> module(ServiceModule<T> inbound, Function<T, DeltaRuns> runs) {
        return ServiceModule.named(NAME, Group.INTEGRATION, "Synchronizes incremental updates from SAP")
                .needs(StoreService.MODULE, inbound)
                .reads(settings ->
                        settings.integer("delta-parallel", 4, 1, 10, "integrations whose changes are fetched at once"))
                .starts((needs, parallel) -> DeltaSchedule.start(
                        needs.the(StoreService.MODULE).documents(Integrations.TYPE),
                        runs.apply(needs.the(inbound)),
                        InstantSource.system(),
                        new Random(),
                        parallel));
    }
}
