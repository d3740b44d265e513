package io.imaint.simulator.basis;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** The one source of secrets nobody chose: session ids, tokens, salts. Any generator may be behind it, also one that threads must not share. */
final class Randomness {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder();

    private final RandomGenerator random;

    Randomness(RandomGenerator random) {
        this.random = random;
    }

    synchronized byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** In letters that are safe in a URL and a header, with its padding. */
    String text(int bytes) {
        return BASE64.encodeToString(bytes(bytes));
    }
}
