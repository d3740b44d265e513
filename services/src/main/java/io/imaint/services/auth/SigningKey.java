package io.imaint.services.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs access tokens: published before it signs, then active, then kept until its last token has expired.
 *
 * @param id the thumbprint of its public half (RFC 7638), the {@code kid} of its tokens
 * @param sealedKey as JWK, encrypted
 * @param activeFrom from when it signs, until the next one does
 * @param removedAt null while no next one is known
 */
record SigningKey(
        String id,
        String sealedKey,
        Instant activeFrom,
        @Nullable Instant removedAt) {
    SigningKey removedAt(Instant end) {
        return new SigningKey(id, sealedKey, activeFrom, end);
    }
}
