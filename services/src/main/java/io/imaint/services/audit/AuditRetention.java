package io.imaint.services.audit;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.Condition;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Drops the months of the audit trail that are older than it is kept. The closing of a month is written first, and it is
 * audited; a crash leaves entries that the next round removes and that the verification passes over.
 */
final class AuditRetention {
    private static final System.Logger LOG = System.getLogger(AuditRetention.class.getName());

    /** One page is removed far sooner; the lease is renewed after each. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(60);

    private static final int PAGE = 1_000;

    private final Store store;
    private final int monthsKept;
    private final String holder = UUID.randomUUID().toString();

    AuditRetention(Store store, int monthsKept) {
        this.store = store;
        this.monthsKept = monthsKept;
    }

    /** Drops what is too old; writes nothing when nothing is. */
    void drop(Instant now) {
        var limit = YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .minusMonths(monthsKept)
                .toString();
        if (tooOld(limit).isEmpty()) {
            return;
        }
        var lease = store.leases().acquire("audit-retention", holder, LEASE_LIFE);
        if (lease.isEmpty()) {
            return; // Another process does it.
        }
        try {
            for (var month = tooOld(limit); month.isPresent(); month = tooOld(limit)) {
                drop(month.get(), now, lease.get());
            }
        } finally {
            store.leases().release(lease.get());
        }
    }

    /** The oldest month, if it is before the limit. */
    private Optional<String> tooOld(String limit) {
        return store.documents(AuditEntry.TYPE).list(Query.where(Condition.ALL).limit(1)).values().stream()
                .findFirst()
                .map(AuditEntry::month)
                .filter(month -> month.compareTo(limit) < 0);
    }

    private void drop(String month, Instant now, Lease lease) {
        var ours = store.under(List.of(lease));
        var all = Condition.equal("month", month);
        var last = store.documents(AuditEntry.TYPE)
                .list(Query.where(all).sorted("month", true).limit(1))
                .values()
                .getFirst();
        var closing = new AuditClosing(month, last.sequence(), last.hash(), now);
        ours.as(Caller.system("audit-retention")).documents(AuditClosing.TYPE).insert(closing); // Stands after a crash.
        var entries = ours.documents(AuditEntry.TYPE);
        var query = Query.where(all).limit(PAGE);
        for (var page = entries.list(query).values();
                !page.isEmpty();
                page = entries.list(query).values()) {
            var ids = page.stream().map(AuditEntry::id).toList();
            ours.documents(AuditParticulars.TYPE).removeAll(new Condition.In("id", ids));
            entries.removeAll(
                    new Condition.In("fact", page.stream().map(AuditEntry::fact).toList()));
            if (!store.leases().renew(lease, LEASE_LIFE)) {
                throw StoreProblem.LEASE_LOST.because(lease.name());
            }
        }
        LOG.log(
                Level.INFO,
                "the audit trail of {0} was dropped, as it is kept for {1} months; it ended with {2}",
                month,
                monthsKept,
                closing.hash());
    }
}
