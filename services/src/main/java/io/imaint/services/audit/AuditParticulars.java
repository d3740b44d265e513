package io.imaint.services.audit;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.CollectionType;
import io.imaint.store.DocumentWritten.FieldChange;
import io.imaint.store.RecordCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit entry knows of persons and values. The chain holds only their digest with a random salt, so that they can
 * be erased without breaking it.
 *
 * @param id of the entry
 * @param fact from which the entry was made; one written for an entry that another writer made is recognised by it
 */
record AuditParticulars(
        String id,
        String fact,
        @Nullable PlantCode plant,
        String displayName,
        @Nullable String session,
        String requestId,
        String address,
        List<FieldChange> changes,
        String salt) {
    static final CollectionType<AuditParticulars> TYPE = CollectionType.of(
                    "AuditParticulars", AuditParticulars.class, AuditParticulars::id)
            .index("id") // By which many are removed at once.
            .plant("plant");

    String digest() {
        return Digests.sha256(
                Digests.canonical(RecordCodec.of(AuditParticulars.class).write(this)));
    }
}
