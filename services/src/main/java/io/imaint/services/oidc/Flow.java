package io.imaint.services.oidc;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in at a provider that is under way. It is kept with the browser that began it, encrypted, so that no other browser
 * can end it.
 *
 * @param state comes back with the answer; the ID token has the nonce; the verifier proves who asks for the token
 * @param session to whose user the identity is to be linked; null where somebody signs in
 */
record Flow(
        String provider,
        String state,
        String nonce,
        String verifier,
        Instant endsAt,
        @Nullable String session) {
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String OWNER = "sign-in at a provider";
    private static final int BYTES = 32;

    static Flow begun(String provider, @Nullable String session, SecureRandom random, Instant now) {
        return new Flow(provider, text(random), text(random), text(random), now.plus(LIFE), session);
    }

    private static String text(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String sealed(SealingKey key) {
        return key.seal(
                OWNER,
                String.join(" ", provider, state, nonce, verifier, endsAt.toString(), session == null ? "" : session));
    }

    /** The flow in a cookie; empty when there is none or it is over. */
    static Optional<Flow> opened(String sealed, SealingKey key, Instant now) {
        try {
            var parts = key.open(OWNER, sealed).split(" ", -1);
            var flow = new Flow(
                    parts[0],
                    parts[1],
                    parts[2],
                    parts[3],
                    Instant.parse(parts[4]),
                    parts[5].isEmpty() ? null : parts[5]);
            return Optional.of(flow).filter(open -> now.isBefore(open.endsAt));
        } catch (Failure | IllegalArgumentException forged) {
            return Optional.empty();
        }
    }
}
