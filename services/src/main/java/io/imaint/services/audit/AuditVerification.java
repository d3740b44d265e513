package io.imaint.services.audit;

import io.imaint.kernel.http.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the verification of the audit chain found. */
public record AuditVerification(
        @Description("Entries that were verified") long entries,

        @Description("Those of them whose names and values were erased")
        long erased,

        @Description("The hash of the last entry; empty before the first")
        String head,

        @Description(
                "The last month that was dropped, from whose closing hash the chain is verified; null when none was")
        @Nullable
        String closed,

        @Description("Published heads that were compared with the chain")
        int heads,

        @Description("The first entry that is not as it was written; null for an intact chain") @Nullable
        String broken,

        @Description("What is wrong, the first 100; empty for an intact chain")
        List<String> findings) {
    static final int FINDINGS_MAX = 100;

    public AuditVerification {
        findings = List.copyOf(findings);
    }
}
