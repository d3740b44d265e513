package io.imaint.services.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down without locking anybody out. After some failures each further attempt has to wait twice as long,
 * at most a quarter of an hour. All devices that are not known share the failures of one name, whether a user has it or
 * not; a device from which the user has signed in before has failures of its own, so somebody else's guessing does not
 * touch it. Failures of one network address count beside.
 *
 * <p>A password that was wrong a moment ago is refused without counting, so a phone that repeats an old password does not
 * keep its owner out.
 *
 * <p>Each process counts for itself: with several, an attacker has as many times the attempts, which are still few.
 */
final class SignInThrottle {
    private static final int FREE = 5;
    private static final int FREE_OF_ADDRESS = 100;
    private static final int DOUBLINGS_MAX = 20;
    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int BUCKETS_MAX = 100_000;
    private static final int WRONG_MAX = 3;
    private static final int KEY_BYTES = 32;

    private static final class Bucket {
        private int failures;
        private Instant lastAt = Instant.MIN;
        private Instant blockedUntil = Instant.MIN;
        private final Deque<String> wrong = new ArrayDeque<>();
    }

    /** An attempt that has begun; it counts as failed until it is said to have succeeded. */
    record Attempt(String own, List<String> shared) {}

    private final InstantSource clock;
    private final SecretKeySpec key;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > BUCKETS_MAX;
        }
    };

    SignInThrottle(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /**
     * Begins an attempt to sign in. Fails with {@link AuthProblem#SIGN_IN_THROTTLED} when it has to wait.
     *
     * @param device the id of a device that the user is known to have; null for any other
     */
    Attempt begin(String name, @Nullable String device, String address) {
        return device == null
                ? begun(new Attempt("name " + mac(name), List.of("address " + block(address))))
                : begun(new Attempt("device " + mac(name + "\0" + device), List.of()));
    }

    /** Begins an attempt to show one more proof, such as a code, after the first was right. */
    Attempt begin(String kind, String user) {
        return begun(new Attempt(kind + " " + mac(user), List.of()));
    }

    private synchronized Attempt begun(Attempt attempt) {
        var now = clock.instant();
        var own = bucket(attempt.own, now);
        requireFree(own, now);
        attempt.shared.forEach(shared -> requireFree(bucket(shared, now), now));
        count(own, FREE, now);
        attempt.shared.forEach(shared -> count(bucket(shared, now), FREE_OF_ADDRESS, now));
        return attempt;
    }

    private Bucket bucket(String id, Instant now) {
        var bucket = buckets.computeIfAbsent(id, unknown -> new Bucket());
        if (bucket.failures > 0 && now.isAfter(bucket.lastAt.plus(FORGOTTEN))) {
            bucket.failures = 0;
            bucket.wrong.clear();
        }
        return bucket;
    }

    private static void requireFree(Bucket bucket, Instant now) {
        if (now.isBefore(bucket.blockedUntil)) {
            var wait = Duration.between(now, bucket.blockedUntil).plusSeconds(1); // Rounded up to whole seconds.
            throw AuthProblem.SIGN_IN_THROTTLED
                    .because("the next attempt is allowed in %d seconds".formatted(wait.toSeconds()))
                    .retryAfter(wait);
        }
    }

    private static void count(Bucket bucket, int free, Instant now) {
        bucket.failures++;
        bucket.lastAt = now;
        if (bucket.failures >= free) {
            var wait = WAIT_MIN.multipliedBy(1L << Math.min(bucket.failures - free, DOUBLINGS_MAX));
            bucket.blockedUntil = now.plus(wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
        }
    }

    /** Takes back what an attempt counted. */
    synchronized void succeeded(Attempt attempt) {
        buckets.remove(attempt.own);
        for (var shared : attempt.shared) {
            var bucket = buckets.get(shared);
            if (bucket != null && bucket.failures > 0) {
                bucket.failures--;
                bucket.blockedUntil = Instant.MIN;
            }
        }
    }

    /** Whether a password for a name was wrong a moment ago. */
    synchronized boolean repeatsWrong(String name, @Nullable String device, char[] password) {
        var bucket = buckets.get(own(name, device));
        return bucket != null
                && !clock.instant().isAfter(bucket.lastAt.plus(FORGOTTEN))
                && bucket.wrong.contains(mac(name + "\0" + new String(password)));
    }

    synchronized void wasWrong(String name, @Nullable String device, char[] password) {
        var bucket = buckets.get(own(name, device));
        if (bucket != null) {
            bucket.wrong.addLast(mac(name + "\0" + new String(password)));
            while (bucket.wrong.size() > WRONG_MAX) {
                bucket.wrong.removeFirst();
            }
        }
    }

    /** Forgets wrong passwords of all names: one of them may be right by now. */
    synchronized void passwordsChanged() {
        buckets.values().forEach(bucket -> bucket.wrong.clear());
    }

    private String own(String name, @Nullable String device) {
        return device == null ? "name " + mac(name) : "device " + mac(name + "\0" + device);
    }

    /** Names and passwords are kept only as hashes that mean nothing outside of this process. */
    private String mac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }

    /** One client's addresses: with IPv6 it has at least 64 bits of them. */
    private static String block(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                    : address;
        } catch (IllegalArgumentException other) {
            return address;
        }
    }
}
