package io.imaint.services.audit;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Store;
import io.imaint.store.Subscription;
import java.util.List;

/** Writes the audit trail and shows it. */
public final class Audit implements Routed, AutoCloseable {
    private static final Permission READ = new Permission("audit.read");

    private final Store store;
    private final Subscription subscription;

    Audit(Store store) {
        this.store = store;
        this.subscription = store.facts().subscribe("audit", new AuditWriter(store));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/audit", "Lists who changed what, the newest first")
                .permits(READ)
                .answersListing(AuditedWrite.class)
                .handles(AuditFilter.class, this::list));
    }

    private Listing<AuditedWrite> list(AuditFilter filter) {
        return new AuditTrail(store.as(Caller.current())).list(filter);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
