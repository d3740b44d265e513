package io.imaint.integration.state;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in SAP's changes an integration stands.
 *
 * @param scope what it is good for: system, client, user, set and filter in one text
 * @param mapping the fingerprint of the mapping by which the documents were made
 * @param loadedAt of the load that it follows; another load begins anew
 * @param token SAP's delta token; null when SAP gave none
 * @param watermark the newest change stamp that was seen, in SAP's time; null where the set has none
 */
public record DeltaPosition(
        @Nullable String scope,
        @Nullable String mapping,
        @Nullable Instant loadedAt,
        @Nullable String token,
        @Nullable Instant watermark) {
    /** Nothing is known. */
    public static final DeltaPosition NONE = new DeltaPosition(null, null, null, null, null);

    public DeltaPosition withToken(@Nullable String newToken) {
        return new DeltaPosition(scope, mapping, loadedAt, newToken, watermark);
    }

    /** Up to a change stamp, unless a newer one was seen before. */
    public DeltaPosition upTo(@Nullable Instant stamp) {
        boolean newer = stamp != null && (watermark == null || stamp.isAfter(watermark));
        return newer ? new DeltaPosition(scope, mapping, loadedAt, token, stamp) : this;
    }

    public boolean sameLoad(DeltaPosition other) {
        return Objects.equals(loadedAt, other.loadedAt);
    }

    public boolean sameMapping(DeltaPosition other) {
        return Objects.equals(mapping, other.mapping);
    }

    public boolean sameScope(DeltaPosition other) {
        return Objects.equals(scope, other.scope);
    }
}
