package io.imaint.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The hash under which a key, a secret or a token is kept. They are long and random, so that one SHA-256 is enough. */
public final class Hashes {
    /** Each hash uses a copy: the runtime looks longer for an algorithm than a hash of a key takes. */
    private static final MessageDigest SHA256 = sha256();

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Hashes() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) { // Every Java runtime has it.
            throw new AssertionError(impossible);
        }
    }

    public static String of(String secret) {
        try {
            var digest = (MessageDigest) SHA256.clone();
            return ENCODER.encodeToString(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException impossible) { // That of the runtime can be copied.
            throw new AssertionError(impossible);
        }
    }

    /** Whether a secret has a hash; takes the same time wherever they differ. */
    public static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(
                of(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
