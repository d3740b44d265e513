package io.imaint.services.audit;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.time.Instant;
import java.util.Optional;

/**
 * What stays of a month that was dropped from the audit trail: the head with which it ended, which the next month
 * continues.
 *
 * @param sequence of the month's last entry
 * @param hash of that entry
 */
record AuditClosing(String month, long sequence, String hash, Instant droppedAt) {
    static final CollectionType<AuditClosing> TYPE = CollectionType.of(
                    "AuditClosings", AuditClosing.class, AuditClosing::month)
            .index("month")
            .unscoped("hashes and counts of the whole trail, for the system's own verification");

    AuditHead head() {
        return new AuditHead(month, sequence, hash);
    }

    /** Of the last month that was dropped. */
    static Optional<AuditClosing> last(Store store) {
        return store
                .documents(TYPE)
                .list(Query.where(Condition.ALL).sorted("month", true).limit(1))
                .values()
                .stream()
                .findFirst();
    }
}
