package io.imaint.services.auth;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The routes that change passwords. */
final class PasswordRoutes implements Routed {
    private static final Permission RESET = new Permission("passwords.reset");
    private static final String PATH = "/api/auth";

    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final SignInThrottle throttle;
    private final InstantSource clock;

    PasswordRoutes(Passwords passwords, PasswordHashing hashing, SignInThrottle throttle, InstantSource clock) {
        this.passwords = passwords;
        this.hashing = hashing;
        this.throttle = throttle;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(PATH + "/password", "Changes the caller's password, and ends all their sessions")
                        .permits(Access.SELF)
                        .answersNothing()
                        .handles(ChangePassword.class, asked -> change(asked.body)),
                Route.post(PATH + "/reset-codes", "Makes a one-time code with which a user sets a password")
                        .permits(RESET)
                        .answers(ResetCode.class)
                        .handles(MakeResetCode.class, asked -> resetCode(asked.body.user)),
                Route.post(PATH + "/password-reset", "Sets a password by a one-time code, and ends all sessions")
                        .anonymous("the code proves who asks; attempts are throttled")
                        .answersNothing()
                        .handles(ResetPassword.class, asked -> reset(asked.body)));
    }

    record ChangePassword(@Body Change body) {}

    record Change(
            @Length(min = 1, max = 1000) String current,
            @Length(min = 1, max = 1000) String password) {
        @Override
        public String toString() {
            return "Change[***]";
        }
    }

    record MakeResetCode(@Body ResetOf body) {}

    record ResetOf(@Length(min = 1, max = 200) String user) {}

    record ResetCode(String code, Instant endsAt) {}

    record ResetPassword(@Body Reset body) {}

    record Reset(
            @Length(min = 1, max = 200) String user,
            @Length(min = 1, max = 100) String code,
            @Length(min = 1, max = 1000) String password) {
        @Override
        public String toString() {
            return "Reset[" + user + "]";
        }
    }

    private NoContent change(Change asked) {
        var user = Caller.current().id();
        var attempt = throttle.begin("password", user);
        if (!hashing.matches(asked.current.toCharArray(), passwords.of(user).password())) {
            throw AuthProblem.SIGN_IN_REFUSED.because("the current password is wrong");
        }
        throttle.succeeded(attempt);
        set(user, asked.password.toCharArray());
        return NoContent.NO_CONTENT;
    }

    private void set(String user, char[] password) {
        passwords.set(user, password);
        throttle.passwordsChanged();
    }

    private ResetCode resetCode(String user) {
        var ends = clock.instant().plus(Passwords.RESET_LIFE);
        return new ResetCode(passwords.resetCode(SignIn.name(user)), ends);
    }

    private NoContent reset(Reset asked) {
        var user = SignIn.name(asked.user);
        var attempt = throttle.begin("reset", user);
        passwords.reset(user, asked.code, asked.password.toCharArray());
        throttle.succeeded(attempt);
        throttle.passwordsChanged();
        return NoContent.NO_CONTENT;
    }
}
