package io.imaint.services.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Texts that nobody can guess, and their hashes, which are all that is stored of them. */
final class RandomTokens {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 12;

    private final SecureRandom random;

    RandomTokens(SecureRandom random) {
        this.random = random;
    }

    /** 256 bits in Base64 for URLs, 43 characters. */
    String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    }

    /** 96 bits in hexadecimal digits. */
    String id() {
        return HexFormat.of().formatHex(bytes(ID_BYTES));
    }

    byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The SHA-256 of a text in hexadecimal digits; enough for texts of 256 random bits, not for passwords. */
    static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** Whether two texts are equal; how long it takes does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
