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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Authenticator apps and recovery codes. A recovery code is {@code 3-XXXXX-XXXXX}: its first digit says which of the ten
 * hashes to compare, so that a guess costs one hash and not ten.
 */
final class SecondFactors implements Routed {
    static final List<String> PASSWORD_ONLY = List.of("pwd");
    static final List<String> WITH_CODE = List.of("pwd", "otp");

    private static final String PATH = "/api/auth/totp";
    private static final String REQUIRED = "required";
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_HALF = 5;
    private static final int RECOVERY_BYTES = 10;
    private static final Pattern RECOVERY = Pattern.compile("(\\d)-([A-Z2-7]{5}-[A-Z2-7]{5})");

    private final Store store;
    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final Access access;
    private final SealingKey key;
    private final RandomTokens tokens;
    private final InstantSource clock;
    private final SignInThrottle throttle;

    SecondFactors(
            Store store,
            Passwords passwords,
            PasswordHashing hashing,
            Access access,
            RandomTokens tokens,
            SignInThrottle throttle,
            InstantSource clock) {
        this.store = store;
        this.passwords = passwords;
        this.hashing = hashing;
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
                Route.delete(PATH, "Removes the authenticator app and the recovery codes")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(this::remove));
    }

    record Confirm(@Body Code body) {}

    record Code(@Length(min = 6, max = 13) String code) {}

    /** What an authenticator app is set up with. */
    record TotpSecret(
            @Description("In Base32, to type") String secret,

            @Description("The same as otpauth address, for a QR code")
            String uri) {}

    record RecoveryCodes(
            @Description("Each is good once, in place of a code")
            List<String> recoveryCodes) {}

    /** Whether one of some roles demands a second factor. */
    boolean required(Set<String> roles) {
        return store.documents(UserCollections.ROLES).findAll(List.copyOf(roles)).values().stream()
                .anyMatch(role -> role.value().secondFactor().equals(REQUIRED));
    }

    /** Whether a code is the user's, which uses it up. Fails when there were too many wrong ones. */
    boolean accepts(String user, String code) {
        var attempt = throttle.begin("code", user);
        boolean good = used(user, code.strip().toUpperCase(Locale.ROOT));
        if (good) {
            throttle.succeeded(attempt);
        }
        return good;
    }

    private boolean used(String user, String code) {
        var recovery = RECOVERY.matcher(code);
        if (recovery.matches()) {
            int index = Integer.parseInt(recovery.group(1));
            var codes = passwords.of(user).recovery();
            var hash = index < codes.size() ? codes.get(index) : "";
            return !hash.isEmpty()
                    && hashing.matches(code.toCharArray(), new Credential.PasswordHash(hash, "", clock.instant()))
                    && change(user, credential -> withoutRecovery(credential, index, hash));
        }
        return change(user, credential -> withStep(credential, code));
    }

    private interface Step {
        /** The credential after the step; null when the step is not allowed. */
        @Nullable
        Credential of(Credential before);
    }

    private boolean change(String user, Step step) {
        if (step.of(passwords.of(user)) == null) {
            return false;
        }
        var done = new AtomicBoolean();
        passwords.change(user, before -> {
            var after = step.of(before);
            done.set(after != null);
            return after == null ? before : after;
        });
        return done.get();
    }

    private static @Nullable Credential withoutRecovery(Credential before, int index, String hash) {
        if (index >= before.recovery().size() || !before.recovery().get(index).equals(hash)) {
            return null;
        }
        var left = new ArrayList<>(before.recovery());
        left.set(index, "");
        return before.with(before.totp(), left);
    }

    private @Nullable Credential withStep(Credential before, String code) {
        var totp = before.totp();
        if (totp == null) {
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
            return credential.with(new Credential.Totp(sealed, false, 0), List.of());
        });
        var text = Totp.base32(secret);
        var name = URLEncoder.encode(session.user(), StandardCharsets.UTF_8).replace("+", "%20");
        return new TotpSecret(
                text, "otpauth://totp/iMaintenance:%s?secret=%s&issuer=iMaintenance".formatted(name, text));
    }

    private static void requireNone(Credential credential) {
        if (credential.secondFactor()) {
            throw AuthProblem.SECOND_FACTOR_INVALID.because("there is an authenticator app; remove it first");
        }
    }

    private RecoveryCodes confirm(String code) {
        var session = fresh();
        requireNone(passwords.of(session.user()));
        if (!accepts(session.user(), code)) {
            throw AuthProblem.SECOND_FACTOR_INVALID.because("it is none of the authenticator app being set up");
        }
        var codes = new ArrayList<String>();
        var hashes = new ArrayList<String>();
        for (int index = 0; index < RECOVERY_CODES; index++) {
            var text = Totp.base32(tokens.bytes(RECOVERY_BYTES));
            var recovery = "%d-%s-%s"
                    .formatted(
                            index, text.substring(0, RECOVERY_HALF), text.substring(RECOVERY_HALF, 2 * RECOVERY_HALF));
            codes.add(recovery);
            hashes.add(hashing.hash(recovery.toCharArray(), clock.instant()).hash());
        }
        change(session.user(), credential -> {
            var totp = credential.totp();
            return totp == null
                    ? null
                    : credential.with(new Credential.Totp(totp.sealedSecret(), true, totp.lastStep()), hashes);
        });
        access.parts().sessions().confirm(session.id(), WITH_CODE);
        access.endOthers(session, "second factor added");
        return new RecoveryCodes(codes);
    }

    private NoContent remove() {
        var session = fresh();
        passwords.change(session.user(), credential -> credential.with(null, List.of()));
        access.endOthers(session, "second factor removed");
        return NoContent.NO_CONTENT;
    }

    /** The caller's session, whose sign-in is recent. */
    private Session fresh() {
        return access.fresh(Caller.current());
    }
}
