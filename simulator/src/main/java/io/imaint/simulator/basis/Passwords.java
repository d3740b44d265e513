package io.imaint.simulator.basis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes passwords slowly and remembers, in memory only, which it has seen to be right.
 *
 * <p>A technical user sends the same password with each request. Its slow hash is computed once; afterwards a keyed hash
 * decides, whose key dies with the process. What is remembered counts only for the very hash it was checked against, so
 * a new password, or another user of the same name, is checked anew.
 */
final class Passwords {
    /** A tenth of a second's work or less: enough for passwords that guard made-up data. */
    static final int ITERATIONS = 100_000;

    /** Nobody can carry off a hash that is never written down, so that it need not be slow. */
    static final int ITERATIONS_IN_MEMORY = 1_000;

    /** A hundred times today's advice; a document that asks for more wants to keep us busy. */
    private static final int ITERATIONS_MAX = 60_000_000;

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String SCHEME = "pbkdf2-sha256";
    private static final String MAC = "HmacSHA256";

    /** How many slow hashes run at once: guesses must not take the processors from those who are let in. */
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private record Proof(String mac, String hash) {}

    private final Randomness random;
    private final int iterations;
    private final SecretKeySpec key;
    private final String nobody;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, Proof> seen = new ConcurrentHashMap<>();
    private final LongAdder rounds = new LongAdder();

    /** @param iterations of each hash that is made */
    Passwords(Randomness random, int iterations) {
        this.random = random;
        this.iterations = iterations;
        this.key = new SecretKeySpec(random.bytes(KEY_BYTES), MAC);
        this.nobody = stored(iterations, random.bytes(SALT_BYTES), random.bytes(KEY_BYTES));
    }

    /** How often the slow hash has gone round since the start: the work that time tells of. */
    long rounds() {
        return rounds.sum();
    }

    String hash(String password) {
        byte[] salt = random.bytes(SALT_BYTES);
        return stored(iterations, salt, derive(password, salt, iterations));
    }

    /** The hash of a user's password, which is known to be right from now on. */
    String hash(String user, String password) {
        var hash = hash(password);
        seen.put(user, new Proof(mac(password), hash));
        return hash;
    }

    /** True when the password is the one behind the hash. */
    boolean matches(String user, String password, String hash) {
        var mac = mac(password);
        if (isSeen(user, mac, hash)) {
            return true;
        }
        turns.acquireUninterruptibly();
        try {
            if (isSeen(user, mac, hash)) { // By another request that had its turn before.
                return true;
            }
            boolean right = derives(password, hash);
            if (right) {
                seen.put(user, new Proof(mac, hash));
            }
            return right;
        } finally {
            turns.release();
        }
    }

    /** Takes as long as a wrong password of a user that exists, so that time does not tell who does. */
    void refuseUnknown(String password) {
        turns.acquireUninterruptibly();
        try {
            derives(password, nobody);
        } finally {
            turns.release();
        }
    }

    void forget(String user) {
        seen.remove(user);
    }

    private boolean isSeen(String user, String mac, String hash) {
        var proof = seen.get(user);
        return proof != null
                && proof.hash.equals(hash)
                && MessageDigest.isEqual(proof.mac.getBytes(UTF_8), mac.getBytes(UTF_8));
    }

    private String mac(String password) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has " + MAC, impossible);
        }
    }

    private static String stored(int iterations, byte[] salt, byte[] derived) {
        var base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$", SCHEME, String.valueOf(iterations), base64.encodeToString(salt), base64.encodeToString(derived));
    }

    private boolean derives(String password, String hash) {
        var parts = parts(hash);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(derive(password, salt, Integer.parseInt(parts[1])), expected);
    }

    /** @throws IllegalArgumentException for a text that is no stored hash */
    static String[] parts(String hash) {
        var parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("not a password hash");
        }
        int iterations = Integer.parseInt(parts[1]);
        boolean sizes = Base64.getDecoder().decode(parts[2]).length == SALT_BYTES
                && Base64.getDecoder().decode(parts[3]).length == KEY_BYTES;
        if (iterations < 1 || iterations > ITERATIONS_MAX || !sizes) {
            throw new IllegalArgumentException("not a password hash");
        }
        return parts;
    }

    private byte[] derive(String password, byte[] salt, int iterations) {
        rounds.add(iterations);
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BYTES * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has PBKDF2", impossible);
        }
    }
}
