package io.imaint.services.auth;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions and their refresh tokens.
 *
 * <p>A refresh token is good once: using it gives the next one. A token that is used again was stolen, or its thief was
 * faster, so the session ends. Two cases look alike and must not end it: a client that never received the answer, and two
 * requests at the same moment. Both come soon and before anybody used the successor, so for a while the previous token
 * gives <em>the same</em> successor again. The store has it only encrypted by the previous token, which it does not have.
 */
final class Sessions {
    /** How long the previous token gives the same successor again: a request that is lost is repeated by then. */
    static final Duration REPEATED = Duration.ofSeconds(30);

    /** Devices of one user; the oldest session makes room. */
    private static final int PER_USER_MAX = 50;

    /** How exactly the end of a browser's idle time is kept; each use of it would be a write otherwise. */
    private static final Duration IDLE_STEP = Duration.ofMinutes(15);

    private static final String PREFIX = "imr";
    private static final int MAC_BYTES = 16;
    private static final int DEVICE_LENGTH_MAX = 200;

    private final Store store;
    private final SealingKey key;
    private final SecureRandom random;
    private final RandomTokens tokens;
    private final InstantSource clock;

    /** A session and what its client proves it with. */
    record Opened(Session session, String secret) {}

    /** A user signed in. */
    record UserSignedIn(String user, String device, List<String> factors) implements Fact {}

    /** A session ended before its time. */
    record SessionEnded(String user, String device, String reason) implements Fact {}

    /** A refresh token came again: somebody has a copy of it. */
    record RefreshTokenReused(String user, String device) implements Fact {}

    Sessions(Store store, SealingKey key, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.key = key;
        this.random = random;
        this.tokens = new RandomTokens(random);
        this.clock = clock;
    }

    private Documents<Session> documents() {
        return store.documents(AuthCollections.SESSIONS);
    }

    /** Opens a session for the caller, who has just proved who they are. */
    Opened open(Caller user, String device, boolean browser, List<String> factors, boolean enrolling) {
        var now = clock.instant();
        var secret = tokens.secret();
        var session = new Session(
                tokens.id(),
                user.id(),
                device.length() > DEVICE_LENGTH_MAX ? device.substring(0, DEVICE_LENGTH_MAX) : device,
                browser,
                factors,
                enrolling,
                RandomTokens.hash(secret),
                null,
                null,
                now,
                now,
                now.plus(Session.idle(browser)),
                now.plus(Session.absolute(browser)),
                now.plus(Session.idle(browser)));
        makeRoom(user.id());
        store.as(user)
                .documents(AuthCollections.SESSIONS)
                .insert(session, new UserSignedIn(user.id(), session.device(), factors));
        return new Opened(session, secret);
    }

    private void makeRoom(String user) {
        var open = of(user);
        open.stream()
                .limit(Math.max(0, open.size() - PER_USER_MAX + 1))
                .forEach(oldest -> end(oldest.id(), "replaced"));
    }

    /** The open sessions of a user, the oldest first. */
    List<Session> of(String user) {
        var now = clock.instant();
        return documents()
                .list(Query.where(Condition.equal("user", user))
                        .sorted("signedInAt", false)
                        .limit(2 * PER_USER_MAX))
                .values()
                .stream()
                .filter(session -> session.open(now))
                .toList();
    }

    Optional<Session> find(String id) {
        return documents().find(id).map(Stored::value).filter(session -> session.open(clock.instant()));
    }

    /** The session whose cookie has a value; empty when there is none or it has ended. */
    Optional<Session> ofCookie(String value) {
        int dot = value.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var hash = RandomTokens.hash(value.substring(dot + 1));
        return find(value.substring(0, dot))
                .filter(Session::browser)
                .filter(session -> RandomTokens.same(hash, session.secretHash()));
    }

    /** Notes that a browser's session was used. */
    void use(Session session) {
        var now = clock.instant();
        if (session.idleEnd().isBefore(now.plus(Session.idle(session.browser())).minus(IDLE_STEP))) {
            documents().update(session.id(), stored -> Change.of(stored.value().used(now)));
        }
    }

    static String cookie(Opened opened) {
        return opened.session().id() + "." + opened.secret();
    }

    /** The refresh token of a session: which session, a secret, and a hash that shows that it was made here. */
    String refreshToken(Opened opened) {
        var id = opened.session().id();
        return "%s.%s.%s.%s".formatted(PREFIX, id, opened.secret(), mac(id, opened.secret()));
    }

    private String mac(String session, String secret) {
        var mac = key.mac("refresh token", session + "." + secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, MAC_BYTES));
    }

    /**
     * The session of a refresh token with its next secret. Fails with {@link AuthProblem#SESSION_ENDED} when the token is
     * none or was used before, which ends the session.
     */
    Opened refresh(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(PREFIX) || !RandomTokens.same(mac(parts[1], parts[2]), parts[3])) {
            throw ended();
        }
        for (int attempt = 0; attempt < Documents.UPDATE_ATTEMPTS_MAX; attempt++) {
            var stored = documents()
                    .find(parts[1])
                    .filter(found -> found.value().open(clock.instant()))
                    .orElseThrow(Sessions::ended);
            var opened = refreshed(stored, parts[2]);
            if (opened != null) {
                return opened;
            }
        }
        throw ended();
    }

    /** Null when another request has changed the session meanwhile. */
    private @Nullable Opened refreshed(Stored<Session> stored, String secret) {
        var session = stored.value();
        var now = clock.instant();
        var hash = RandomTokens.hash(secret);
        if (RandomTokens.same(hash, session.secretHash())) {
            var next = tokens.secret();
            var rotated =
                    session.rotated(RandomTokens.hash(next), successor(secret).seal(session.id(), next), now);
            return switch (documents().replace(rotated, stored.rev())) {
                case Written.Done<Session> done -> new Opened(done.stored().value(), next);
                case Written.Lost<Session> lost -> null;
            };
        }
        var previous = session.previousHash();
        var sealed = session.sealedSuccessor();
        if (previous != null
                && sealed != null
                && RandomTokens.same(hash, previous)
                && !now.isAfter(session.rotatedAt().plus(REPEATED))) {
            return new Opened(session, successor(secret).open(session.id(), sealed));
        }
        store.as(Caller.system("sign-in"))
                .documents(AuthCollections.SESSIONS)
                .remove(session.id(), stored.rev(), new RefreshTokenReused(session.user(), session.device()));
        throw ended();
    }

    /** The key that only a token's holder can make. Its text is not the one whose hash is stored. */
    private SealingKey successor(String secret) {
        return new SealingKey("successor of " + secret, random, AuthProblem.AUTH_KEY_UNUSABLE);
    }

    private static RuntimeException ended() {
        return AuthProblem.SESSION_ENDED.because("the refresh token is unknown, expired or was used before");
    }

    /** Notes that the user of a session has shown a second factor. */
    void confirm(String id, List<String> factors) {
        documents().update(id, stored -> Change.of(stored.value().confirmed(factors)));
    }

    /** Ends a session; does nothing when it has ended already. */
    void end(String id, String reason) {
        var mine = store.as(Caller.current()).documents(AuthCollections.SESSIONS);
        for (var stored = mine.find(id); stored.isPresent(); stored = mine.find(id)) {
            var session = stored.get().value();
            mine.remove(id, stored.get().rev(), new SessionEnded(session.user(), session.device(), reason));
        }
    }

    /** Ends all sessions of a user but one. */
    void endAll(String user, @Nullable String except, String reason) {
        for (var session : of(user)) {
            if (!session.id().equals(except)) {
                end(session.id(), reason);
            }
        }
    }

    /** Whether the sign-in of a session is recent enough to change what the user signs in with. */
    boolean fresh(Session session) {
        return clock.instant().isBefore(session.signedInAt().plus(Duration.ofMinutes(5)));
    }
}
