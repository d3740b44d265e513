package io.imaint.integration.references;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** The declaration of the mapper, which runs wherever SAP's data is loaded. */
public final class ReferenceMapperService {
    public static final ServiceModule<ReferenceMapper> MODULE = ServiceModule.named(
                    "reference-mapper", Group.FOUNDATION, "Resolves references and keeps copied fields current")
            .needs(StoreService.MODULE)
            .starts(needs -> ReferenceMapper.start(needs.the(StoreService.MODULE), InstantSource.system()));

    private ReferenceMapperService() {}
}
