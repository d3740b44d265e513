package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: a receiver that is down is neither forgotten nor hammered. */
class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(new Random(1));

    @Test
    void waitsLongerEachTimeAndNeverLongerThanTheLimit() {
        for (int attempts = 1; attempts < RetryPolicy.ATTEMPTS_MAX; attempts++) {
            var full = RetryPolicy.FIRST.multipliedBy(1L << (attempts - 1));
            var bound = full.compareTo(RetryPolicy.LONGEST) < 0 ? full : RetryPolicy.LONGEST;
            assertThat(policy.waitAfter(attempts, null).orElseThrow()).isBetween(bound.dividedBy(2), bound);
        }
    }

    @Test
    void endsAfterTheLastAttempt() {
        assertThat(policy.waitAfter(RetryPolicy.ATTEMPTS_MAX, null)).isEmpty();
    }

    @Test
    void waitsAsLongAsTheReceiverAsksWithinReason() {
        assertThat(policy.waitAfter(1, Duration.ofMinutes(30))).contains(Duration.ofMinutes(30));
        assertThat(policy.waitAfter(1, Duration.ofDays(400))).contains(RetryPolicy.ASKED_MAX);
        assertThat(policy.waitAfter(1, Duration.ofSeconds(-5)).orElseThrow()).isPositive();
    }

    @Test
    void partsWhatFailedTogether() {
        assertThat(policy.waitAfter(5, null)).isNotEqualTo(policy.waitAfter(5, null));
    }
}
