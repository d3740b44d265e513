package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.services.command.Pending;
import io.imaint.store.Condition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is attached to an order or a notification. Its content stays in SAP. Source: SAP table DRAW. */
record AttachedFile(
        String documentType,
        String document,
        String version,
        String part,
        @Nullable String description,
        @Nullable String fileName,
        @Nullable String mimeType,

        @Description("Bytes") @Nullable Long sizeBytes,

        @Nullable String createdBy,
        @Nullable LocalDate createdOn,
        @Nullable Instant changedAt,

        @Description("The upload, while SAP or the replica does not have the file; 'document' is then its id")
        List<Pending> pending) {
    /** SAP's business object for orders. */
    static final String ORDER = "BUS2007";

    /** SAP's business object for notifications. */
    static final String NOTIFICATION = "BUS2038";

    /** Which files are those of an object. */
    static Condition of(String objectType, String key) {
        return new Condition.And(List.of(Condition.equal("objectKey", key), Condition.equal("objectType", objectType)));
    }
}
