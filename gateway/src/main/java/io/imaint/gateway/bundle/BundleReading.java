package io.imaint.gateway.bundle;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import java.util.List;

/**
 * What was understood of a bundle.
 *
 * @param proxy without what can't be parsed
 * @param findings what can't be parsed or is missing, and what is kept but has no effect
 */
public record BundleReading(ApiProxy proxy, List<BundleFinding> findings) {
    public BundleReading {
        findings = List.copyOf(findings);
    }

    /** Whether nothing found so far keeps the proxy from being deployed. */
    public boolean deployable() {
        return findings.stream().allMatch(BundleFinding::deployable);
    }
}
