package io.imaint.services.auth;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.services.auth.Credential.PasswordHash;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, after mixing in a key that is not in the store (a pepper): a stolen store alone is no
 * use for guessing.
 *
 * <p>Each hash takes memory and a core for a moment on purpose, so only few are computed at once, and who waits behind too
 * many others is refused rather than kept.
 */
final class PasswordHashing {
    /** How costly a hash is. */
    record Cost(int memoryKib, int iterations, int parallelism) {
        /** The minimum that OWASP's Password Storage Cheat Sheet gives. */
        static final Cost STANDARD = new Cost(19_456, 2, 1);
    }

    private static final int SALT_BYTES = 16;
    private static final int OUTPUT_BYTES = 32;
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** More would wait for seconds. */
    private static final int WAITING_MAX = 50;

    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final String PURPOSE = "password";

    private final Argon2Function function;
    private final SealingKey key;
    private final RandomTokens random;
    private final String pepper;

    /** Looks like the hash of a password, and costs as much to compare; nobody had to compute it. */
    private final String dummy;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger computed = new AtomicInteger();

    PasswordHashing(Cost cost, SealingKey key, RandomTokens random) {
        this.function = Argon2Function.getInstance(
                cost.memoryKib,
                cost.iterations,
                cost.parallelism,
                OUTPUT_BYTES,
                Argon2.ID,
                Argon2Function.ARGON2_VERSION_13);
        this.key = key;
        this.random = random;
        this.pepper = HexFormat.of().formatHex(key.mac("pepper id", ""), 0, 4);
        this.dummy = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib,
                        cost.iterations,
                        cost.parallelism,
                        encoded(random.bytes(SALT_BYTES)),
                        encoded(random.bytes(OUTPUT_BYTES)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a password. */
    PasswordHash hash(char[] password, Instant now) {
        return new PasswordHash(inTurn(() -> computed(password)), pepper, now);
    }

    /** Whether a password is the one of a hash. Where there is none it takes as long, and the answer is no. */
    boolean matches(char[] password, @Nullable PasswordHash stored) {
        var expected = stored == null ? dummy : stored.hash();
        var mixed = mixed(password);
        boolean equal = inTurn(() ->
                Argon2Function.getInstanceFromHash(expected).check(mixed, expected.getBytes(StandardCharsets.UTF_8)));
        return equal && stored != null;
    }

    /** Whether a hash was made at another cost or with another pepper, so that it should be made anew. */
    boolean outdated(PasswordHash stored) {
        return !stored.pepper().equals(pepper)
                || !Argon2Function.getInstanceFromHash(stored.hash()).equals(function);
    }

    /** Hashes that were computed, to see in tests what guessing costs. */
    int count() {
        return computed.get();
    }

    private String computed(char[] password) {
        return function.hash(mixed(password), random.bytes(SALT_BYTES)).getResult();
    }

    /** The password with the pepper. Its bytes are those that were received: nothing is trimmed or normalized. */
    private byte[] mixed(char[] password) {
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        var received = new byte[bytes.remaining()];
        bytes.get(received);
        return Base64.getEncoder().encode(key.mac(PURPOSE, HexFormat.of().formatHex(received)));
    }

    private <T> T inTurn(Supplier<T> work) {
        if (waiting.incrementAndGet() > WAITING_MAX + AT_ONCE) {
            waiting.decrementAndGet();
            throw AuthProblem.SIGN_IN_BUSY.because("as many as allowed wait").retryAfter(BUSY);
        }
        try {
            places.acquire();
            try {
                computed.incrementAndGet();
                return work.get();
            } finally {
                places.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw AuthProblem.SIGN_IN_BUSY.because("the request was given up").retryAfter(BUSY);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
