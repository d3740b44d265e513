package io.imaint.store;

import static io.imaint.store.StoreContract.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.IdempotencyStore.Claim;
import io.imaint.kernel.http.IdempotencyStore.KeptAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Idempotency keys on every engine. */
interface IdempotencyContract {
    Duration CLAIMED = Duration.ofMinutes(1);
    Duration KEPT = Duration.ofHours(1);

    Store store();

    void pass(Duration time);

    /** The keys as another process sees them. */
    IdempotencyKeys keys();

    private Claim claim(String content) {
        return keys().claim("k", content, CLAIMED, KEPT);
    }

    private Claim.Granted granted(String content) {
        return (Claim.Granted) claim(content);
    }

    private static KeptAnswer answer(String body) {
        return new KeptAnswer(
                201,
                "application/json",
                Map.of("Location", "/x/1", "ETag", "\"1\""),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void keepsAnAnswerForItsTime() {
        var first = granted("c");
        keys().complete(first, answer("{\"name\":\"Prüfung\"}"));
        var kept = ((Claim.Answered) claim("c")).answer();
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.mediaType()).isEqualTo("application/json");
        assertThat(kept.headers()).isEqualTo(Map.of("Location", "/x/1", "ETag", "\"1\""));
        assertThat(new String(kept.body(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Prüfung\"}");
        assertThat(claim("other")).isInstanceOf(Claim.Reused.class);
        pass(KEPT);
        assertThat(granted("other").seed()).isNotEqualTo(first.seed());
    }

    @Test
    default void grantsAClaimAgainWithTheSameSeedWhenItWasReleasedOrRanOut() {
        var first = granted("c");
        assertThat(claim("c")).isInstanceOf(Claim.Running.class);
        assertThat(claim("other")).isInstanceOf(Claim.Reused.class);
        keys().release(first);
        var second = granted("c");
        assertThat(second.seed()).isEqualTo(first.seed());
        pass(CLAIMED);
        var third = granted("c");
        assertThat(third.seed()).isEqualTo(first.seed());
        keys().complete(second, answer("late"));
        keys().release(second);
        assertThat(claim("c")).as("a claim that ran out changes nothing").isInstanceOf(Claim.Running.class);
        keys().complete(third, answer("{}"));
        assertThat(claim("c")).isInstanceOf(Claim.Answered.class);
    }

    @Test
    default void grantsAKeyToOneOfManyRivals() throws Exception {
        var granted = new ConcurrentLinkedQueue<Claim>();
        inParallel(8, thread -> {
            if (claim("c") instanceof Claim.Granted claim) {
                granted.add(claim);
            }
            return null;
        });
        assertThat(granted).hasSize(1);
    }

    @Test
    default void removesKeysThatArePastTheirTime() {
        keys().complete(granted("c"), answer("{}"));
        pass(KEPT);
        keys().claim("another", "c", CLAIMED, KEPT);
        assertThat(store().documents(IdempotencyKeys.TYPE).count(Condition.ALL)).isEqualTo(1);
    }
}
