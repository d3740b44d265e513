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
     */
    public static ServiceModule<Seeding> module(List<CollectionType<?>> declared) {
        return ServiceModule.named("seed-service", Group.FOUNDATION, "Brings in and upgrades the seed data")
                .needs(StoreService.MODULE)
                .starts(needs -> Seeding.start(needs.the(StoreService.MODULE), declared));
    }
}
