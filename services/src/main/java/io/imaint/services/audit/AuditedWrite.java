package io.imaint.services.audit;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.DocumentWritten.FieldChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A write as the audit trail shows it. */
public record AuditedWrite(
        String id,
        Instant at,
        @Description("The id of the caller") String by,

        @Description("The caller's name; null once it was erased") @Nullable
        String displayName,

        @Nullable String session,
        @Nullable String requestId,

        @Description("The client's network address") @Nullable
        String address,

        @Nullable PlantCode plant,
        @Description("The document, as in AlertRules/4711") String subject,
        long rev,
        @Description("CREATED, CHANGED or REMOVED") String operation,

        @Description("The fields that changed, before and after; empty once they were erased")
        List<FieldChange> changes) {
    static AuditedWrite of(AuditEntry entry, @Nullable AuditParticulars known) {
        return new AuditedWrite(
                entry.id(),
                entry.at(),
                entry.by(),
                known == null ? null : known.displayName(),
                known == null ? null : known.session(),
                known == null ? null : known.requestId(),
                known == null ? null : known.address(),
                entry.plant(),
                entry.subject(),
                entry.rev(),
                entry.operation(),
                known == null ? List.of() : known.changes());
    }
}
