package io.imaint.services.oidc;

import io.imaint.store.CollectionType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Which user somebody at a provider is. The issuer and the subject identify them and nothing else: e-mail addresses and
 * names change hands.
 */
record UserIdentity(String id, String issuer, String subject, String user, Instant linkedAt) {
    static final CollectionType<UserIdentity> TYPE = CollectionType.of(
                    "UserIdentity", UserIdentity.class, UserIdentity::id)
            .unscoped("an identity of one user, who belongs to several plants or none")
            .index("user");

    static String id(String issuer, String subject) {
        try {
            var text = issuer + "\0" + subject;
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
