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
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in with a password and, where the user has one, a second factor. */
final class SignIn {
    private static final System.Logger LOG = System.getLogger(SignIn.class.getName());
    private static final String DEVICE = "device";

    private final Users users;
    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final SecondFactors factors;
    private final SignInThrottle throttle;
    private final Sessions sessions;
    private final SealingKey key;
    private final CookieNames cookies;
    private final RandomTokens tokens;

    /** The parts that check what a user sends. */
    record Checks(Passwords passwords, PasswordHashing hashing, SecondFactors factors, SignInThrottle throttle) {}

    /**
     * What a client sends to sign in.
     *
     * @param code null where the client has none
     * @param client what the client calls itself
     * @param cookies the header {@code Cookie}
     */
    record Given(String user, char[] password, @Nullable String code, boolean browser, String client, String cookies) {}

    /** A session that was opened, and the cookie by which the device is known from now on. */
    record Opened(Sessions.Opened session, Caller caller, Cookie device) {}

    SignIn(Store store, Checks checks, Access access, CookieNames cookies, RandomTokens tokens) {
        this.users = new Users(store);
        this.passwords = checks.passwords;
        this.hashing = checks.hashing;
        this.factors = checks.factors;
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
     * and with {@link AuthProblem#SECOND_FACTOR_REQUIRED} when all but the code is right.
     */
    Opened open(Given given) {
        var name = name(given.user);
        var device = device(name, given.cookies);
        if (throttle.repeatsWrong(name, device, given.password)) {
            throw refused(name);
        }
        var attempt = throttle.begin(name, device, Caller.current().address());
        var credential = passwords.of(name);
        boolean right = hashing.matches(given.password, credential.password());
        var user = users.find(name).map(Stored::value).filter(known -> known.status() == User.Status.ACTIVE);
        if (!right || user.isEmpty()) {
            throttle.wasWrong(name, device, given.password);
            throw refused(name);
        }
        boolean second = credential.secondFactor();
        if (second) {
            requireCode(name, given.code);
        }
        throttle.succeeded(attempt);
        passwords.renew(credential, given.password);
        boolean enrolling = !second && factors.required(users.rights(user.get()).roles());
        var caller = caller(user.get());
        var shown = second ? SecondFactors.WITH_CODE : SecondFactors.PASSWORD_ONLY;
        var session = sessions.open(caller, given.client, given.browser, shown, enrolling);
        return new Opened(session, caller, known(name, device));
    }

    private void requireCode(String name, @Nullable String code) {
        if (code == null || code.isBlank()) {
            throw AuthProblem.SECOND_FACTOR_REQUIRED.because("the user has an authenticator app");
        }
        if (!factors.accepts(name, code)) {
            throw refused(name);
        }
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

    private Cookie known(String name, @Nullable String device) {
        var id = Optional.ofNullable(device).orElseGet(tokens::id);
        return cookies.device(id + "." + mac(name, id));
    }

    private String mac(String name, String device) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(DEVICE, name + "\0" + device));
    }
}
