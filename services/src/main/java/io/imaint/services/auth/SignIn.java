package io.imaint.services.auth;

import io.imaint.kernel.http.Cookie;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Signing in with a password and, where the user has one, a second factor. */
final class SignIn {
    private static final System.Logger LOG = System.getLogger(SignIn.class.getName());
    private static final String DEVICE = "device";

    private final Users users;
    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final SignInThrottle throttle;
    private final Sessions sessions;
    private final SealingKey key;
    private final CookieNames cookies;
    private final RandomTokens tokens;

    /** The parts that check what a user sends. */
    record Checks(
            Passwords passwords,
            PasswordHashing hashing,
            SecondFactors factors,
            Passkeys passkeys,
            SignInThrottle throttle) {}

    /**
     * What a client sends to begin.
     *
     * @param cookies the header {@code Cookie}
     */
    record Given(String user, char[] password, String cookies) {}

    /**
     * What a client sends beside the password.
     *
     * @param code null where the client has none
     * @param passkey what a passkey signed; null where the client has none
     */
    record Second(@Nullable String code, @Nullable JsonNode passkey) {}

    /**
     * What a session is opened on.
     *
     * @param name what the client calls itself
     * @param browser whether a cookie keeps the session
     */
    record Client(String name, boolean browser) {}

    /**
     * The ways in which a user can show a second factor; none where the password is enough.
     *
     * @param passkey what a passkey is to sign; null where the user has none
     */
    record Options(List<String> secondFactors, PasskeyOptions.@Nullable PasskeyRequest passkey) {
        Options {
            secondFactors = List.copyOf(secondFactors);
        }
    }

    /** A user who has shown their password. */
    private record Known(
            User user, Credential credential, @Nullable String device) {}

    /** A session that was opened, and the cookie by which the device is known from now on. */
    record Opened(Sessions.Opened session, Caller caller, Cookie device) {}

    SignIn(Store store, Checks checks, Access access, CookieNames cookies, RandomTokens tokens) {
        this.users = new Users(store);
        this.passwords = checks.passwords;
        this.hashing = checks.hashing;
        this.factors = checks.factors;
        this.passkeys = checks.passkeys;
        this.throttle = checks.throttle;
        this.sessions = access.parts().sessions();
        this.key = access.parts().key();
        this.cookies = cookies;
        this.tokens = tokens;
    }

    /** A user's name as it is stored, however it is typed. */
    static String name(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens a session. Fails with {@link AuthProblem#SIGN_IN_REFUSED} for everything that is wrong, without saying what,
     * and with {@link AuthProblem#SECOND_FACTOR_REQUIRED} when all but the second factor is right.
     */
    Opened open(Given given, Second second, Client client) {
        var known = known(given);
        var user = known.user;
        var shown = known.credential.secondFactor() ? shown(known.credential, second) : SecondFactors.PASSWORD_ONLY;
        boolean enrolling = !known.credential.secondFactor()
                && factors.required(users.rights(user).roles());
        var caller = caller(user);
        var session = sessions.open(caller, client.name, client.browser, shown, enrolling);
        return new Opened(session, caller, remembered(user.id(), known.device));
    }

    /** How a user who has shown their password can go on; fails as {@link #open} does. */
    Options options(Given given) {
        var credential = known(given).credential;
        var passkey = passkeys.request(credential);
        var ways = new ArrayList<String>();
        if (credential.app()) {
            ways.add("totp");
        }
        passkey.ifPresent(request -> ways.add("passkey"));
        if (credential.secondFactor() && credential.codesLeft() > 0) {
            ways.add("recovery-code");
        }
        return new Options(ways, passkey.orElse(null));
    }

    private Known known(Given given) {
        var name = users.idOf(name(given.user));
        var device = device(name, given.cookies);
        if (throttle.repeatsWrong(name, device, given.password)) {
            throw refused(name);
        }
        var attempt = throttle.begin(name, device, Caller.current().address());
        var credential = passwords.of(name);
        boolean right = hashing.matches(given.password, credential.password());
        var user = users.find(name).map(Stored::value).filter(found -> found.status() == User.Status.ACTIVE);
        if (!right || user.isEmpty()) {
            throttle.wasWrong(name, device, given.password);
            throw refused(name);
        }
        throttle.succeeded(attempt); // Second factors are counted for themselves.
        passwords.renew(credential, given.password);
        return new Known(user.get(), credential, device);
    }

    /** How the user has proved who they are, once their second factor is right. */
    private List<String> shown(Credential credential, Second second) {
        var name = credential.user();
        if (second.passkey != null) {
            if (!passkeys.accepts(name, second.passkey)) {
                throw refused(name);
            }
            return Passkeys.WITH_PASSKEY;
        }
        if (second.code == null || second.code.isBlank()) {
            throw AuthProblem.SECOND_FACTOR_REQUIRED.because(
                    credential.passkeys().isEmpty()
                            ? "the user has an authenticator app"
                            : credential.app()
                                    ? "the user has an authenticator app and a passkey"
                                    : "the user has a passkey");
        }
        if (!factors.accepts(name, second.code)) {
            throw refused(name);
        }
        return SecondFactors.WITH_CODE;
    }

    /** The user as caller of this request, so that the audit trail has who signed in and from where. */
    private Caller caller(User user) {
        var request = Caller.current();
        return users.caller(user.id(), null)
                .orElseThrow(() -> refused(user.id()))
                .during(request.requestId(), request.address());
    }

    private static Failure refused(String name) {
        LOG.log(
                Level.INFO,
                () -> "a sign-in as '%s' was refused".formatted(name.replaceAll("[^\\p{L}\\p{N}.@_-]", "?")));
        return AuthProblem.SIGN_IN_REFUSED.because("user, password or code is wrong");
    }

    /** The device that a cookie proves for a user; null when it proves none. */
    private @Nullable String device(String name, String header) {
        var value = Cookie.sent(header, cookies.device());
        int dot = value.indexOf('.');
        if (dot < 0) {
            return null;
        }
        var id = value.substring(0, dot);
        return RandomTokens.same(mac(name, id), value.substring(dot + 1)) ? id : null;
    }

    private Cookie remembered(String name, @Nullable String device) {
        var id = Optional.ofNullable(device).orElseGet(tokens::id);
        return cookies.device(id + "." + mac(name, id));
    }

    private String mac(String name, String device) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(DEVICE, name + "\0" + device));
    }
}
