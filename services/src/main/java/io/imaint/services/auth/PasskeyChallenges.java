package io.imaint.services.auth;

import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The challenges that wait for an authenticator's answer. They are in the store, because any process may get it. */
final class PasskeyChallenges {
    /** As long as it takes to find a security key and remember its PIN. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /** Of one user: a few devices at once. The oldest makes room. */
    private static final int PER_USER_MAX = 10;

    private final Store store;
    private final RandomTokens tokens;
    private final InstantSource clock;

    PasskeyChallenges(Store store, RandomTokens tokens, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    private Documents<PasskeyChallenge> documents() {
        return store.documents(AuthCollections.PASSKEY_CHALLENGES);
    }

    /** A new challenge for a user, who registers a passkey in a session or, without one, signs in. */
    String made(String user, @Nullable String session) {
        makeRoom(user);
        var challenge = new PasskeyChallenge(
                tokens.secret(), user, session, clock.instant().plus(LIFE));
        if (documents().insert(challenge) instanceof Written.Lost) {
            throw new AssertionError("256 random bits came twice");
        }
        return challenge.id();
    }

    private void makeRoom(String user) {
        var waiting = documents()
                .list(Query.where(Condition.equal("user", user))
                        .sorted("endsAt", false)
                        .limit(2 * PER_USER_MAX))
                .values();
        waiting.stream()
                .limit(Math.max(0, waiting.size() - PER_USER_MAX + 1))
                .forEach(oldest -> documents().find(oldest.id()).ifPresent(stored -> {
                    boolean gone = documents().remove(oldest.id(), stored.rev());
                    assert gone || documents().find(oldest.id()).isEmpty() : oldest;
                }));
    }

    /** Whether a challenge was made for this user and session and nobody has answered it yet; it is used up then. */
    boolean use(String challenge, String user, @Nullable String session) {
        return documents()
                .find(challenge)
                .filter(stored -> stored.value().user().equals(user))
                .filter(stored -> Objects.equals(stored.value().session(), session))
                .filter(stored -> documents().remove(challenge, stored.rev()))
                .filter(stored -> clock.instant().isBefore(stored.value().endsAt()))
                .isPresent();
    }
}
