package io.imaint.services.audit;

import io.imaint.kernel.http.Listing;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The audit trail as it is read. */
public final class AuditTrail {
    private static final int PAGE = 1_000;

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

    /** Verifies the whole chain; the store has to be one that sees every plant. */
    public AuditVerification verify() {
        var verifying = new Verifying();
        var query = Query.where(Condition.ALL).limit(PAGE);
        var entries = store.documents(AuditEntry.TYPE);
        var page = entries.list(query);
        verifying.page(page.values());
        while (page.next() != null) {
            page = entries.list(query.after(page.next()));
            verifying.page(page.values());
        }
        return new AuditVerification(
                verifying.entries,
                verifying.erased,
                verifying.last == null ? "" : verifying.last.hash(),
                verifying.findings);
    }

    private final class Verifying {
        private final List<String> findings = new ArrayList<>();
        private long entries;
        private long erased;
        private @Nullable AuditEntry last;

        private void page(List<AuditEntry> page) {
            var particulars = store.documents(AuditParticulars.TYPE)
                    .findAll(page.stream().map(AuditEntry::id).toList());
            for (var entry : page) {
                chained(entry);
                var known = particulars.get(entry.id());
                if (known == null) {
                    erased++;
                } else if (!known.value().digest().equals(entry.particulars())) {
                    find(entry.id() + ": its names or values were altered");
                }
                entries++;
                last = entry;
            }
        }

        private void chained(AuditEntry entry) {
            if (!entry.hash().equals(entry.computedHash())) {
                find(entry.id() + ": the entry was altered");
            }
            boolean sameMonth = last != null && last.month().equals(entry.month());
            long expected = sameMonth ? Objects.requireNonNull(last).sequence() + 1 : 1;
            if (entry.sequence() != expected) {
                find(entry.id() + ": entries before it are missing");
            }
            if (last != null && !entry.previous().equals(last.hash())) {
                find(entry.id() + ": it does not continue " + last.id());
            }
        }

        private void find(String finding) {
            if (findings.size() < AuditVerification.FINDINGS_MAX) {
                findings.add(finding);
            }
        }
    }
}
