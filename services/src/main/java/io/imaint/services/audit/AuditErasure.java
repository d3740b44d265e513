package io.imaint.services.audit;

import io.imaint.store.CollectionType;
import java.time.Instant;

/**
 * That the values of a user were erased from the audit trail.
 *
 * @param user the id, which stays in the chain
 * @param entries how many entries lost their names and values
 */
public record AuditErasure(String id, String user, Instant at, long entries) {
    static final CollectionType<AuditErasure> TYPE = CollectionType.of(
                    "AuditErasures", AuditErasure.class, AuditErasure::id)
            .unscoped("what was erased from the whole trail, for administrators");
}
