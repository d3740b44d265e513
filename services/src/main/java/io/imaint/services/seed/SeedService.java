package io.imaint.services.seed;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.CollectionType;
import io.imaint.store.StoreService;
import java.util.List;

/** Declares the seed service. */
public final class SeedService {
    private SeedService() {}

    /**
     * The service's declaration.
     *
     * @param declared seeded collections that other modules declare
     * @param referrers collections of theirs that refer to seeded ones
     */
    public static ServiceModule<Seeding> module(List<CollectionType<?>> declared, List<SeedReferrer> referrers) {
        return ServiceModule.named("seed-service", Group.FOUNDATION, "Brings in and upgrades the seed data")
                .needs(StoreService.MODULE)
                .reads(SeedSettings::read)
                .starts((needs, settings) ->
                        Seeding.start(needs.the(StoreService.MODULE), declared, referrers, settings));
    }
}
