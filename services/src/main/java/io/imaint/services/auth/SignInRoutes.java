package io.imaint.services.auth;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Cookie;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.WithCookies;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes that open, continue and end sessions. */
final class SignInRoutes implements Routed {
    private static final String PATH = "/api/auth";
    private static final String WHY_OPEN = "it is where callers prove who they are; attempts are throttled";

    private final SignIn signIn;
    private final Access access;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final CookieNames cookies;
    private final Users users;

    SignInRoutes(Store store, SignIn signIn, Access access, CookieNames cookies) {
        this.signIn = signIn;
        this.access = access;
        this.sessions = access.parts().sessions();
        this.tokens = access.parts().tokens();
        this.cookies = cookies;
        this.users = new Users(store);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(PATH + "/sign-in", "Signs in with a password")
                        .anonymous(WHY_OPEN)
                        .answersWithCookies(SignedIn.class)
                        .handles(AskSignIn.class, this::signIn),
                Route.post(
                                PATH + "/sign-in/options",
                                "Says how a user can show a second factor, and asks their passkeys")
                        .anonymous(WHY_OPEN)
                        .answers(SignIn.Options.class)
                        .handles(AskOptions.class, this::options),
                Route.post(PATH + "/refresh", "Gives a new access token and a new refresh token for a refresh token")
                        .anonymous("the refresh token proves who asks")
                        .answers(SignedIn.class)
                        .handles(AskRefresh.class, asked -> refresh(asked.body.refreshToken)),
                Route.post(PATH + "/sign-out", "Ends the session of the request")
                        .permits(Access.SELF)
                        .answersWithCookies(SignedOut.class)
                        .handles(this::signOut),
                Route.post(PATH + "/sign-out-everywhere", "Ends all sessions of the caller")
                        .permits(Access.SELF)
                        .answersWithCookies(SignedOut.class)
                        .handles(this::signOutEverywhere),
                Route.get(PATH + "/sessions", "Lists the sessions of the caller")
                        .permits(Access.SELF)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.delete(PATH + "/sessions/{id}", "Ends a session of the caller")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(OneSession.class, asked -> end(asked.id)));
    }

    record AskSignIn(
            @Body SignInInput body,
            @Header("User-Agent") @Nullable String client,
            @Header("Cookie") @Nullable String cookies) {}

    record SignInInput(
            @Length(min = 1, max = 200) String user,
            @Length(min = 1, max = 1000) String password,

            @Description("Of the authenticator app, or a recovery code") @Length(max = 20) @Nullable
            String code,

            @Description("What a passkey signed: the PublicKeyCredential, as its toJSON() gives it") @Nullable
            JsonNode passkey,

            @Description("Whether the session is kept in a cookie instead of tokens") @Default("false")
            boolean browser) {
        @Override
        public String toString() {
            return "SignInInput[" + user + "]"; // Never the password.
        }
    }

    record AskOptions(
            @Body PasswordInput body,
            @Header("Cookie") @Nullable String cookies) {}

    record PasswordInput(
            @Length(min = 1, max = 200) String user,
            @Length(min = 1, max = 1000) String password) {
        @Override
        public String toString() {
            return "PasswordInput[" + user + "]";
        }
    }

    record AskRefresh(@Body RefreshInput body) {}

    record RefreshInput(@Length(min = 1, max = 500) String refreshToken) {}

    record OneSession(@Path String id) {}

    /** A session that was opened or continued; without tokens where a cookie has it. */
    record SignedIn(
            @Nullable String accessToken,

            @Description("Seconds until the access token expires")
            long expiresIn,

            @Nullable String refreshToken,

            @Description("Of this session; with setup-required it may only set up a second factor")
            SecondFactor secondFactor) {}

    /** What became of the second factor in a session. */
    enum SecondFactor {
        /** The user has none and needs none. */
        NONE("none"),
        SHOWN("shown"),
        /** A role demands one and the user has none yet. */
        SETUP_REQUIRED("setup-required");

        private final String word;

        SecondFactor(String word) {
            this.word = word;
        }

        static SecondFactor of(Session session) {
            if (session.enrolling()) {
                return SETUP_REQUIRED;
            }
            return session.factors().equals(SecondFactors.PASSWORD_ONLY) ? NONE : SHOWN;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A session that was ended. */
    record SignedOut(
            @Description("Send the browser there to sign out at the provider too; null where it did not sign in at one")
            @Nullable
            String providerSignOut) {}

    /** A session as its user sees it. */
    record Shown(
            String id,
            String device,
            boolean browser,

            @Description("Whether it is the session of this request")
            boolean current,

            List<String> factors,
            Instant signedInAt,
            Instant endsAt) {}

    private WithCookies<SignedIn> signIn(AskSignIn asked) {
        var body = asked.body;
        var opened = signIn.open(
                given(body.user, body.password, asked.cookies),
                new SignIn.Second(body.code, body.passkey),
                new SignIn.Client(asked.client == null ? "" : asked.client, body.browser));
        var set = new ArrayList<Cookie>();
        set.add(opened.device());
        if (body.browser) {
            set.add(cookies.session(Sessions.cookie(opened.session())));
            return new WithCookies<>(withoutTokens(opened.session().session()), set);
        }
        return new WithCookies<>(signedIn(opened.session()), set);
    }

    private static SignedIn withoutTokens(Session session) {
        return new SignedIn(null, AccessTokens.LIFE.toSeconds(), null, SecondFactor.of(session));
    }

    private SignIn.Options options(AskOptions asked) {
        return signIn.options(given(asked.body.user, asked.body.password, asked.cookies));
    }

    private static SignIn.Given given(String user, String password, @Nullable String cookies) {
        return new SignIn.Given(user, password.toCharArray(), cookies == null ? "" : cookies);
    }

    private SignedIn refresh(String token) {
        return signedIn(sessions.refresh(token));
    }

    private SignedIn signedIn(Sessions.Opened opened) {
        var session = opened.session();
        var user = users.find(session.user())
                .map(Stored::value)
                .filter(known -> known.status() == User.Status.ACTIVE)
                .orElseThrow(() -> AuthProblem.SESSION_ENDED.because("the user cannot sign in any more"));
        return new SignedIn(
                tokens.issue(user.id(), session.id(), user.rightsVersion()),
                AccessTokens.LIFE.toSeconds(),
                sessions.refreshToken(opened),
                SecondFactor.of(session));
    }

    private WithCookies<SignedOut> signOut() {
        return signedOut(session -> access.end(session, "signed out"));
    }

    private WithCookies<SignedOut> signOutEverywhere() {
        var caller = Caller.current();
        access.fresh(caller);
        return signedOut(session -> access.endAll(caller.id(), "signed out everywhere"));
    }

    /**
     * The answer that ends a session at its client. A browser also drops what it has cached of plant data. It keeps its
     * storage: there an app holds work that was done without a network and is still to be sent, which only its user may
     * discard. What such an app holds of plant data, it has to remove itself. What is known of the provider's session
     * goes with ours, so it is read before.
     */
    private WithCookies<SignedOut> signedOut(Consumer<String> ending) {
        var id = Optional.ofNullable(Caller.current().session());
        boolean browser = id.flatMap(sessions::find).filter(Session::browser).isPresent();
        var provider = id.flatMap(access::providerSignOut).orElse(null);
        id.ifPresent(ending);
        return new WithCookies<>(new SignedOut(provider), List.of(cookies.removed(cookies.session())), browser);
    }

    private Listing<Shown> list() {
        var caller = Caller.current();
        return new Listing<>(
                sessions.of(caller.id()).stream()
                        .map(session -> shown(session, session.id().equals(caller.session())))
                        .toList(),
                null,
                null);
    }

    private static Shown shown(Session session, boolean current) {
        return new Shown(
                session.id(),
                session.device(),
                session.browser(),
                current,
                session.factors(),
                session.signedInAt(),
                session.endsAt());
    }

    private NoContent end(String id) {
        var caller = Caller.current();
        if (!id.equals(caller.session())) {
            access.fresh(caller);
        }
        boolean own = sessions.find(id)
                .filter(session -> session.user().equals(caller.id()))
                .isPresent();
        if (!own) {
            throw AuthProblem.SESSION_NOT_FOUND.because(id);
        }
        access.end(id, "ended by its user");
        return NoContent.NO_CONTENT;
    }
}
