package io.imaint.services.audit;

import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The end of the chain at some time.
 *
 * @param hash of the entry with this sequence in this month
 */
record AuditHead(String month, long sequence, String hash) {
    String entry() {
        return AuditEntry.id(month, sequence);
    }

    /** The newest entry's, or where all were dropped that of the last month; empty before the first entry. */
    static Optional<AuditHead> of(Store store) {
        return store
                .documents(AuditEntry.TYPE)
                .list(Query.where(Condition.ALL).sorted("month", true).limit(1))
                .values()
                .stream()
                .findFirst()
                .map(AuditEntry::head)
                .or(() -> AuditClosing.last(store).map(AuditClosing::head));
    }

    /**
     * The place of the next entry, with the hash of the one before. A fact that comes late is entered in the month that
     * has begun, and never in one that was dropped.
     *
     * @param own the month of the fact
     * @param closed whether the month of the head was dropped
     */
    static AuditHead next(Optional<AuditHead> head, String own, boolean closed) {
        if (head.isEmpty()) {
            return new AuditHead(own, 1, "");
        }
        var last = head.get();
        var earliest = closed ? YearMonth.parse(last.month).plusMonths(1).toString() : last.month;
        var month = earliest.compareTo(own) > 0 ? earliest : own;
        return new AuditHead(month, last.month.equals(month) ? last.sequence + 1 : 1, last.hash);
    }
}
