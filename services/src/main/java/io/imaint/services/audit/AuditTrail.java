package io.imaint.services.audit;

import io.imaint.kernel.http.Listing;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;

/** The audit trail as it is read. */
public final class AuditTrail {
    private final Store store;

    /** @param store in the name of who asks */
    public AuditTrail(Store store) {
        this.store = store;
    }

    /** The newest first. */
    public Listing<AuditedWrite> list(AuditFilter filter) {
        var page = store.documents(AuditEntry.TYPE).list(filter.query());
        var ids = page.items().stream().map(Stored::key).toList();
        var particulars = store.documents(AuditParticulars.TYPE).findAll(ids);
        var writes = new ArrayList<AuditedWrite>();
        for (var entry : page.values()) {
            var known = particulars.get(entry.id());
            writes.add(AuditedWrite.of(entry, known == null ? null : known.value()));
        }
        return new Listing<>(writes, page.next(), null);
    }

    /**
     * Verifies the whole chain, and that it contains the published heads; the store has to be one that sees every plant.
     *
     * @param settings where the heads were published
     */
    public AuditVerification verify(AuditSettings settings) {
        var published = new AuditHeads(settings.heads());
        while (true) {
            var verifying = new Verifying(store);
            var verification = verifying.verify(published);
            if (verifying.closing().equals(AuditClosing.last(store))) {
                return verification;
            } // A month was dropped meanwhile, which happens once in a month.
        }
    }
}
