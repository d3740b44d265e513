package io.imaint.services.audit;

import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.service.Readiness;
import io.imaint.store.Store;
import io.imaint.store.Subscription;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Writes the audit trail and shows it. */
public final class Audit implements Routed, Readiness.Reporting, AutoCloseable {
    private static final Permission READ = new Permission("audit.read");

    private final Store store;
    private final AuditSettings settings;
    private final Subscription subscription;
    private final AuditUpkeep upkeep;

    /** A verification reads the whole trail; one at a time is enough. */
    private final ReentrantLock verifying = new ReentrantLock();

    Audit(Store store, AuditSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.subscription = store.facts().subscribe("audit", new AuditWriter(store));
        this.upkeep = new AuditUpkeep(store, settings, clock);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/audit", "Lists who changed what, the newest first")
                        .permits(READ)
                        .answersListing(AuditedWrite.class)
                        .handles(AuditFilter.class, this::list),
                Route.get("/api/audit/verification", "Verifies that no entry of the audit trail was altered or removed")
                        .permits(READ)
                        .answers(AuditVerification.class)
                        .handles(this::verify));
    }

    private Listing<AuditedWrite> list(AuditFilter filter) {
        return new AuditTrail(store.as(Caller.current())).list(filter);
    }

    private AuditVerification verify() {
        if (!Caller.current().plants().all()) {
            throw HttpProblem.PERMISSION_MISSING.because(
                    "the trail is one chain over all plants, so only who sees all plants may verify it");
        }
        if (!verifying.tryLock()) { // Whoever waited would use up the time of their own request.
            throw HttpProblem.SERVER_BUSY.because(
                    "a verification of the audit trail is running; retry when it has ended");
        }
        try {
            return new AuditTrail(store).verify(settings);
        } finally {
            verifying.unlock();
        }
    }

    @Override
    public Readiness readiness() {
        return upkeep.readiness();
    }

    @Override
    public void close() {
        subscription.close();
        upkeep.close();
    }
}
