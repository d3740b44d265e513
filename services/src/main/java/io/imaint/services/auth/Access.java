package io.imaint.services.auth;

import io.imaint.kernel.http.Authenticator;
import io.imaint.kernel.http.Cookie;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from: an access token, the cookie of a browser's session, or an API key. Every process that answers
 * requests has one.
 *
 * <p>Signatures are checked once for each token. What a user may do, whether the session is open and which keys are good
 * is read again after a second, so what is revoked in another process is refused within that time.
 */
public final class Access implements Authenticator {
    /** What everybody who signs in may do with their own account. */
    public static final Permission SELF = new Permission("account.self");

    /** How long what was read about a user is good in other processes than the one that changes it. */
    private static final Duration LAG = Duration.ofSeconds(1);

    private static final int CACHED_MAX = 10_000;

    private final Store store;
    private final Users users;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final ApiKeys apiKeys;
    private final CookieNames cookies;
    private final InstantSource clock;
    private final Map<String, AccessTokens.Claims> verified = new ConcurrentHashMap<>();
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();

    /** A session's user as they were read. */
    private record Standing(Caller caller, long rightsVersion, Instant readAt) {}

    /** The parts of signing in that share one key. */
    record Parts(
            SealingKey key,
            SigningKeys keys,
            AccessTokens tokens,
            Sessions sessions,
            SessionOrigins origins,
            ApiKeys apiKeys) {}

    private final Parts parts;

    private Access(Store store, Parts parts, CookieNames cookies, InstantSource clock) {
        this.parts = parts;
        this.store = store;
        this.users = new Users(store);
        this.tokens = parts.tokens;
        this.sessions = parts.sessions;
        this.apiKeys = parts.apiKeys;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** Access to what is in a store. */
    public static Access over(Store store, AuthSettings settings) {
        return over(store, settings, InstantSource.system(), new SecureRandom());
    }

    static Access over(Store store, AuthSettings settings, InstantSource clock, SecureRandom random) {
        var key = SealingKey.of(settings.key(), settings.keyFile(), random, AuthProblem.AUTH_KEY_UNUSABLE);
        var keys = new SigningKeys(store, key, random, clock, settings.keyRotation());
        var parts = new Parts(
                key,
                keys,
                new AccessTokens(keys, settings.issuer(), new RandomTokens(random), clock),
                new Sessions(store, key, random, clock),
                new SessionOrigins(store, key),
                new ApiKeys(store, new RandomTokens(random), clock));
        return new Access(store, parts, new CookieNames(settings.secure()), clock);
    }

    Parts parts() {
        return parts;
    }

    @Override
    public Optional<Caller> authenticate(String bearerToken) {
        return authenticate(bearerToken, "");
    }

    @Override
    public Optional<Caller> authenticate(String bearerToken, String address) {
        if (bearerToken.startsWith(ApiKeys.PREFIX)) {
            return apiKeys.caller(bearerToken, address);
        }
        return claims(bearerToken)
                .flatMap(claims -> standing(claims.session(), null)
                        .filter(standing -> standing.caller.id().equals(claims.user()))
                        .filter(standing -> claims.rightsVersion() >= standing.rightsVersion)
                        .map(Standing::caller));
    }

    private Optional<AccessTokens.Claims> claims(String token) {
        var id = RandomTokens.hash(token);
        var known = verified.get(id);
        if (known != null) {
            return Optional.of(known)
                    .filter(claims -> clock.instant().isBefore(claims.expiresAt()))
                    .filter(claims -> parts.keys.knows(claims.key()));
        }
        var claims = tokens.verified(token);
        claims.ifPresent(good -> put(verified, id, good));
        return claims;
    }

    @Override
    public Optional<Caller> authenticateCookies(String header) {
        var value = Cookie.sent(header, cookies.session());
        return value.isEmpty()
                ? Optional.empty()
                : sessions.ofCookie(value)
                        .flatMap(session -> standing(session.id(), session))
                        .map(Standing::caller);
    }

    /** The user of an open session, read a moment ago at most. */
    private Optional<Standing> standing(String session, @Nullable Session found) {
        var now = clock.instant();
        var known = standings.get(session);
        if (known != null && !now.isBefore(known.readAt) && now.isBefore(known.readAt.plus(LAG))) {
            return Optional.of(known);
        }
        standings.remove(session);
        var standing = (found == null ? sessions.find(session) : Optional.of(found)).flatMap(open -> read(open, now));
        standing.ifPresent(good -> put(standings, session, good));
        return standing;
    }

    private Optional<Standing> read(Session session, Instant now) {
        if (session.browser()) {
            sessions.use(session);
        }
        var version = users.find(session.user()).map(Stored::value).map(User::rightsVersion);
        var caller = users.caller(session.user(), session.id());
        return version.isPresent()
                ? caller.map(user -> new Standing(signedIn(user, session.enrolling()), version.get(), now))
                : Optional.empty();
    }

    /** Who has signed in may care for their own account, and for nothing else while a second factor is to be set up. */
    private static Caller signedIn(Caller user, boolean enrolling) {
        return new Caller(
                user.id(),
                user.displayName(),
                user.roles(),
                permission -> permission.equals(SELF) || (!enrolling && user.may(permission)),
                enrolling ? PlantScope.NONE : user.plants(),
                user.personnelNumber(),
                user.session(),
                user.requestId(),
                user.address());
    }

    /**
     * Opens a browser's session for a user who has proved who they are at a provider, and returns its cookie.
     *
     * @param user the user as caller of the request
     * @param factors how they proved it, as RFC 8176 writes it
     */
    public Cookie openBrowser(Caller user, String device, List<String> factors, ProviderSession provided) {
        var opened = sessions.open(user, device, true, factors, false);
        parts.origins.note(opened.session(), provided);
        return cookies.session(Sessions.cookie(opened));
    }

    /**
     * Ends the sessions that came from a session at a provider, or from all of a user there; in this process at once.
     *
     * @param subject null for whoever has the session
     * @param session null for all of the subject
     */
    public void endProvided(String issuer, @Nullable String subject, @Nullable String session) {
        parts.origins.of(issuer, subject, session).forEach(id -> end(id, "signed out at the provider"));
    }

    /** Where a browser ends the session at the provider from which a session came. */
    Optional<String> providerSignOut(String session) {
        return parts.origins.signOut(session);
    }

    /** The user of an open session, as their rights are now. */
    public Optional<Caller> userOf(String session) {
        return standing(session, null).map(Standing::caller);
    }

    /** Whether a user has a password, by which they can sign in. */
    public boolean hasPassword(String user) {
        return store.documents(AuthCollections.CREDENTIALS)
                .find(user)
                .map(stored -> stored.value().password() != null)
                .orElse(false);
    }

    /** The key for what is kept with the browser while somebody signs in elsewhere. */
    public SealingKey sealing() {
        return parts.key;
    }

    /** Ends one session, in this process at once. */
    void end(String session, String reason) {
        sessions.end(session, reason);
        parts.origins.forget(session);
        standings.remove(session);
    }

    /** Ends all sessions of a user, in this process at once. */
    void endAll(String user, String reason) {
        sessions.endAll(user, null, reason);
        standings.values().removeIf(standing -> standing.caller.id().equals(user));
    }

    /** Ends all sessions of a session's user but this one. */
    void endOthers(Session session, String reason) {
        sessions.endAll(session.user(), session.id(), reason);
        standings.values().removeIf(standing -> standing.caller.id().equals(session.user()));
    }

    /** Ends all sessions of the caller but the one that asks. */
    public void endOthers(Caller caller, String reason) {
        sessions.endAll(caller.id(), caller.session(), reason);
        standings.values().removeIf(standing -> standing.caller.id().equals(caller.id()));
    }

    /**
     * Fails with {@link AuthProblem#SIGN_IN_STALE} unless the caller signed in just now, with every factor that their
     * roles demand: another way to sign in would be a way around the second factor.
     */
    public void requireFresh(Caller caller) {
        if (fresh(caller).enrolling()) {
            throw AuthProblem.SIGN_IN_STALE.because("it takes the second factor that your roles demand");
        }
    }

    /** Notes that the user of a session has set up a second factor, which they have shown. */
    void confirm(Session session, List<String> factors) {
        sessions.confirm(session.id(), factors);
        endOthers(session, "second factor added");
    }

    @Override
    public Failure refusal(Caller caller, String detail) {
        boolean enrolling = Optional.ofNullable(caller.session())
                .flatMap(sessions::find)
                .filter(Session::enrolling)
                .isPresent();
        return enrolling
                ? AuthProblem.SECOND_FACTOR_SETUP_REQUIRED.because(
                        "a role of the user demands a second factor, and there is none yet")
                : Authenticator.super.refusal(caller, detail);
    }

    /**
     * The caller's session, when its sign-in is recent enough to change what they sign in with; fails with {@link
     * AuthProblem#SIGN_IN_STALE} otherwise, and for callers without a session.
     */
    Session fresh(Caller caller) {
        return Optional.ofNullable(caller.session())
                .flatMap(sessions::find)
                .filter(sessions::fresh)
                .orElseThrow(() -> AuthProblem.SIGN_IN_STALE.because("it takes a session that was opened just now"));
    }

    private static <V> void put(Map<String, V> cache, String id, V value) {
        if (cache.size() >= CACHED_MAX) {
            cache.clear(); // Filling it again takes less than keeping an order for it.
        }
        cache.put(id, value);
    }
}
