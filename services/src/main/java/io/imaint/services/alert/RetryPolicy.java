package io.imaint.services.alert;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again: after twice as long each time, less a random part, so that what failed
 * together does not come back together.
 */
final class RetryPolicy {
    /** Ten attempts span some three hours: long enough for a restart of the receiver, short enough to still be news. */
    static final int ATTEMPTS_MAX = 10;

    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofHours(1);

    /** The longest wait that a receiver may ask for. */
    static final Duration ASKED_MAX = Duration.ofHours(12);

    private final RandomGenerator random;

    RetryPolicy(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait after an attempt that failed; empty when it was the last.
     *
     * @param attempts made so far, at least one
     * @param asked what the receiver asked for, as by Retry-After; null where it did not
     */
    Optional<Duration> waitAfter(int attempts, @Nullable Duration asked) {
        if (attempts >= ATTEMPTS_MAX) {
            return Optional.empty();
        }
        long full = Math.min(FIRST.toMillis() << Math.min(attempts - 1, 20), LONGEST.toMillis());
        var own = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
        if (asked == null || asked.compareTo(own) < 0) {
            return Optional.of(own);
        }
        return Optional.of(asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked);
    }
}
