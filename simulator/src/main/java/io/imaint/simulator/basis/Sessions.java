package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The security sessions that are open (SM05), the longest idle first in the map: expiry and eviction look only at its head.
 */
public final class Sessions {
    /** As many as callers without cookies may leave behind in the time of one timeout before the oldest must go. */
    static final int SESSIONS_MAX = 10_000;

    /** Methods that change nothing need no token. */
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

    private static final String FETCH = "fetch";
    private static final String REQUIRED = "Required";
    private static final int TICKET_BYTES = 280;

    /** The value by which the parameter {@code login/create_sso2_ticket} asks for a ticket. */
    private static final int TICKET_WANTED = 2;

    private static final Refusal REFUSED =
            new Refusal(403, Refusal.Form.PLAIN, "", "CSRF token validation failed", Map.of("x-csrf-token", REQUIRED));

    private final String cookieName;
    private final String client;
    private final Profile profile;
    private final InstantSource clock;
    private final Randomness random;
    private final Object lock = new Object();
    private final LinkedHashMap<String, Session> open = new LinkedHashMap<>(16, 0.75f, true);
    private long opened;

    Sessions(Defaults defaults, Profile profile, InstantSource clock, Randomness random) {
        this.cookieName = "SAP_SESSIONID_%s_%s".formatted(defaults.sid(), defaults.client());
        this.client = defaults.client();
        this.profile = profile;
        this.clock = clock;
        this.random = random;
    }

    /** Those that are open, the longest idle first. */
    public List<Session> list() {
        synchronized (lock) {
            expire(clock.instant());
            return List.copyOf(open.values());
        }
    }

    /** Ends a session on an administrator's word. */
    public void end(long number) {
        synchronized (lock) {
            if (!open.values().removeIf(session -> session.number() == number)) {
                throw BASIS_OBJECT_UNKNOWN.because("session " + number);
            }
        }
    }

    /** Ends the caller's session; the values of {@code Set-Cookie} headers make it forget its cookies. */
    public List<String> logoff(String cookieHeader) {
        synchronized (lock) {
            ids(cookieHeader).forEach(open::remove);
        }
        return List.of(
                cookieName + "=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; HttpOnly",
                "sap-usercontext=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/",
                "MYSAPSSO2=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; HttpOnly");
    }

    /**
     * Checks that a request which changes something carries the token of the session whose cookie came with it. A
     * session that was opened by this very request has a token nobody knows yet, so the cookie is checked thereby.
     *
     * @param tokenHeader the header {@code x-csrf-token}, empty when there is none
     */
    public Csrf csrf(Session session, String method, String tokenHeader) {
        if (HARMLESS.contains(method)) {
            return tokenHeader.equalsIgnoreCase(FETCH) ? new Csrf.Fetched(session.token()) : new Csrf.Passed();
        }
        boolean right = MessageDigest.isEqual(
                tokenHeader.getBytes(UTF_8), session.token().getBytes(UTF_8));
        return right ? new Csrf.Passed() : new Csrf.Refused(REFUSED);
    }

    /** The session whose cookie the header holds, and used by this request; empty when there is none or it was idle too long. */
    Optional<Session> use(String cookieHeader) {
        if (cookieHeader.isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        synchronized (lock) {
            expire(now);
            for (var id : ids(cookieHeader)) {
                var session = open.get(id);
                if (session != null) {
                    session.use(now);
                    return Optional.of(session);
                }
            }
            return Optional.empty();
        }
    }

    Session open(String user) {
        var now = clock.instant();
        synchronized (lock) {
            expire(now);
            if (open.size() >= SESSIONS_MAX) {
                open.pollFirstEntry();
            }
            opened++;
            var session = new Session(opened, user, now, random);
            session.use(now);
            open.put(session.id(), session);
            return session;
        }
    }

    List<String> cookies(Session session) {
        var cookies = new ArrayList<>(List.of(
                "sap-usercontext=sap-client=%s; path=/".formatted(client),
                "%s=%s; path=/; HttpOnly".formatted(cookieName, session.id())));
        if (profile.number(Parameter.CREATE_SSO2_TICKET) == TICKET_WANTED) {
            cookies.add("MYSAPSSO2=%s; path=/; HttpOnly"
                    .formatted(random.text(TICKET_BYTES).replace("=", "%3d")));
        }
        return cookies;
    }

    /** Ends the sessions of a user who is no more. */
    void endAll(String user) {
        synchronized (lock) {
            open.values().removeIf(session -> session.user().equals(user));
        }
    }

    void endAll() {
        synchronized (lock) {
            open.clear();
        }
    }

    private void expire(Instant now) {
        var timeout = Duration.ofSeconds(profile.number(Parameter.SECURITY_SESSION_TIMEOUT));
        while (!open.isEmpty() && open.firstEntry().getValue().isIdle(now, timeout)) {
            open.pollFirstEntry();
        }
    }

    /** The values of all cookies of the session's name: a browser sends one per path on which it was set. */
    private List<String> ids(String cookieHeader) {
        var ids = new ArrayList<String>();
        for (var cookie : cookieHeader.split(";", -1)) {
            int equals = cookie.indexOf('=');
            if (equals > 0 && cookie.substring(0, equals).strip().equals(cookieName)) {
                var value = cookie.substring(equals + 1).strip();
                // Some callers decode what SAP encoded, or encode it with capitals.
                ids.add(value.replace("=", "%3d").replace("%3D", "%3d"));
            }
        }
        return ids;
    }
}
