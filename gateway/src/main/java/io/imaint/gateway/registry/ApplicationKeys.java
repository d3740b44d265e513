package io.imaint.gateway.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes keys and secrets of applications, in the look of SAP's. Who makes them shows them once; only hashes are kept. */
public final class ApplicationKeys {
    static final int KEY_LENGTH = 32;

    /** 95 random bits, which nobody tries out. */
    static final int SECRET_LENGTH = 16;

    /** Of the key, by which its owner knows it: 24 bits less to guess of 190. */
    private static final int HINT_LENGTH = 4;

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    /** @param random that nobody can guess */
    public ApplicationKeys(RandomGenerator random) {
        this.random = random;
    }

    /** A key that was just made, and what is kept of it. */
    public record Fresh(String key, String secret, Application.Credential credential) {
        /** Neither key nor secret. */
        @Override
        public String toString() {
            return "Fresh[%s]".formatted(credential);
        }
    }

    /** A new key for products, each with its status. */
    public Fresh make(Instant now, Optional<Instant> expiresAt, Map<String, Application.Status> products) {
        var key = text(KEY_LENGTH);
        var secret = text(SECRET_LENGTH);
        return new Fresh(key, secret, credential(key, secret, now, expiresAt, products));
    }

    /** What is kept of a key that was made elsewhere, such as one that is carried over from another landscape. */
    public static Application.Credential credential(
            String key,
            String secret,
            Instant now,
            Optional<Instant> expiresAt,
            Map<String, Application.Status> products) {
        return new Application.Credential(
                Hashes.of(key),
                key.substring(0, Math.min(HINT_LENGTH, key.length())),
                Hashes.of(secret),
                Application.Status.APPROVED,
                now,
                expiresAt,
                Map.copyOf(products));
    }

    private String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
