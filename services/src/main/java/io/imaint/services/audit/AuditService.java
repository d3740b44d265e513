package io.imaint.services.audit;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.store.StoreService;
import java.time.InstantSource;

/** Declares the audit service. */
public final class AuditService {
    public static final ServiceModule<Audit> MODULE = ServiceModule.named(
                    "audit-service", Group.FOUNDATION, "keeps and shows who changed what")
            .needs(StoreService.MODULE)
            .reads(AuditSettings::read)
            .starts((needs, settings) -> new Audit(needs.the(StoreService.MODULE), settings, InstantSource.system()));

    private AuditService() {}
}
