package io.imaint.services.audit;

import java.util.List;

/**
 * What the verification of the audit chain found.
 *
 * @param entries how many were verified
 * @param erased of how many the particulars are gone
 * @param head the hash of the last entry, to be kept outside of the store: who owns the store could rewrite the whole chain
 * @param findings what is wrong, the first {@value #FINDINGS_MAX}; empty for an intact chain
 */
public record AuditVerification(long entries, long erased, String head, List<String> findings) {
    static final int FINDINGS_MAX = 100;

    public AuditVerification {
        findings = List.copyOf(findings);
    }
}
