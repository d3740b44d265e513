package io.imaint.services.auth;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Store;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authenticator apps, and what all second factors share: when one is due, and recovery codes. */
final class SecondFactors implements Routed {
    static final List<String> PASSWORD_ONLY = List.of("pwd");
    static final List<String> WITH_CODE = List.of("pwd", "otp");

    /** What is said about recovery codes where they are shown. */
    static final String RECOVERY = "Each is good once, in place of a code; empty where the user has some already";

    private static final String PATH = "/api/auth/totp";

    private final Store store;
    private final Passwords passwords;
    private final Recovery recovery;
    private final Access access;
    private final SealingKey key;
    private final RandomTokens tokens;
    private final InstantSource clock;
    private final SignInThrottle throttle;

    SecondFactors(
            Store store,
            Passwords passwords,
            Recovery recovery,
            Access access,
            RandomTokens tokens,
            SignInThrottle throttle,
            InstantSource clock) {
        this.store = store;
        this.passwords = passwords;
        this.recovery = recovery;
        this.access = access;
        this.key = access.parts().key();
        this.tokens = tokens;
        this.throttle = throttle;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(PATH, "Begins to set up an authenticator app; a code of it confirms it")
                        .permits(Access.SELF)
                        .answers(TotpSecret.class)
                        .handles(this::begin),
                Route.post(PATH + "/confirm", "Confirms the authenticator app, and shows recovery codes this once")
                        .permits(Access.SELF)
                        .answers(RecoveryCodes.class)
                        .handles(Confirm.class, asked -> confirm(asked.body.code)),
                Route.delete(
                                PATH,
                                "Removes the authenticator app; the last second factor takes the recovery codes along")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(this::remove),
                Route.post("/api/auth/recovery-codes", "Makes new recovery codes, and shows them this once")
                        .permits(Access.SELF)
                        .answers(RecoveryCodes.class)
                        .handles(this::renew));
    }

    record Confirm(@Body Code body) {}

    record Code(@Length(min = 6, max = 13) String code) {}

    /** What an authenticator app is set up with. */
    record TotpSecret(
            @Description("In Base32, to type") String secret,

            @Description("The same as otpauth address, for a QR code")
            String uri) {}

    record RecoveryCodes(@Description(RECOVERY) List<String> recoveryCodes) {
        RecoveryCodes {
            recoveryCodes = List.copyOf(recoveryCodes);
        }
    }

    /** Whether one of some roles demands a second factor. */
    boolean required(Set<String> roles) {
        return store.documents(UserCollections.ROLES).findAll(List.copyOf(roles)).values().stream()
                .anyMatch(role -> role.value().demandsSecondFactor());
    }

    /**
     * Whether a code is one of the user's app or a recovery code, which uses it up. Fails when there were too many wrong
     * ones.
     */
    boolean accepts(String user, String code) {
        return accepts(user, code, true);
    }

    private boolean accepts(String user, String typed, boolean confirmed) {
        var attempt = throttle.begin("code", user);
        var code = typed.strip().toUpperCase(Locale.ROOT);
        boolean good = Recovery.looksLike(code)
                ? confirmed && recovery.accepts(user, code)
                : passwords
                        .tryChange(user, credential -> withStep(credential, code, confirmed))
                        .isPresent();
        if (good) {
            throttle.succeeded(attempt);
        }
        return good;
    }

    /** @param confirmed whether the app was confirmed before; one that is being set up signs nobody in */
    private @Nullable Credential withStep(Credential before, String code, boolean confirmed) {
        var totp = before.totp();
        if (totp == null || totp.confirmed() != confirmed) {
            return null;
        }
        var step = Totp.step(secret(before.user(), totp), code, clock.instant(), totp.lastStep());
        return step.isEmpty()
                ? null
                : before.with(
                        new Credential.Totp(totp.sealedSecret(), totp.confirmed(), step.getAsLong()),
                        before.recovery());
    }

    private byte[] secret(String user, Credential.Totp totp) {
        return Base64.getDecoder().decode(key.open(owner(user), totp.sealedSecret()));
    }

    private static String owner(String user) {
        return AuthCollections.CREDENTIALS.name() + "/" + user + "/totp";
    }

    private TotpSecret begin() {
        var session = fresh();
        var secret = tokens.bytes(Totp.SECRET_BYTES);
        var sealed = key.seal(owner(session.user()), Base64.getEncoder().encodeToString(secret));
        passwords.change(session.user(), credential -> {
            requireNone(credential);
            return credential.with(new Credential.Totp(sealed, false, 0), credential.recovery());
        });
        var text = Totp.base32(secret);
        var name = URLEncoder.encode(session.user(), StandardCharsets.UTF_8).replace("+", "%20");
        return new TotpSecret(
                text, "otpauth://totp/iMaintenance:%s?secret=%s&issuer=iMaintenance".formatted(name, text));
    }

    private static void requireNone(Credential credential) {
        if (credential.app()) {
            throw AuthProblem.SECOND_FACTOR_INVALID.because("there is an authenticator app; remove it first");
        }
    }

    private RecoveryCodes confirm(String code) {
        var session = fresh();
        requireNone(passwords.of(session.user()));
        if (!accepts(session.user(), code, false)) {
            throw AuthProblem.SECOND_FACTOR_INVALID.because("it is none of the authenticator app being set up");
        }
        var made = recovery.madeForFirst(session.user());
        var written = passwords
                .tryChange(session.user(), credential -> confirmed(credential, made))
                .orElseThrow(() -> AuthProblem.SECOND_FACTOR_INVALID.because("the app was removed meanwhile"));
        access.confirm(session, WITH_CODE);
        return new RecoveryCodes(made.shownBy(written));
    }

    private static @Nullable Credential confirmed(Credential before, Recovery.Made made) {
        var totp = before.totp();
        return totp == null
                ? null
                : before.with(
                        new Credential.Totp(totp.sealedSecret(), true, totp.lastStep()), Recovery.kept(before, made));
    }

    private NoContent remove() {
        var session = fresh();
        passwords.change(session.user(), Credential::withoutTotp);
        access.endOthers(session, "second factor removed");
        return NoContent.NO_CONTENT;
    }

    private RecoveryCodes renew() {
        var session = fresh();
        var made = recovery.made();
        var written = passwords
                .tryChange(
                        session.user(), credential -> credential.secondFactor() ? credential.with(made.hashes()) : null)
                .orElseThrow(() -> AuthProblem.SECOND_FACTOR_SETUP_REQUIRED.because(
                        "recovery codes stand in for a second factor, and there is none"));
        return new RecoveryCodes(made.shownBy(written));
    }

    /** The caller's session, whose sign-in is recent. */
    private Session fresh() {
        return access.fresh(Caller.current());
    }
}
