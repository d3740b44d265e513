package io.imaint.services.auth;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of signing in. */
enum AuthProblem implements ProblemCode {
    SIGN_IN_REFUSED(
            401, CALLER, "The sign-in was refused", "Check user, password and code, or ask for a new password."),
    SECOND_FACTOR_REQUIRED(
            401,
            CALLER,
            "A second factor is required",
            "Send the code of the authenticator app in 'code', or what a passkey signed in 'passkey'. POST /api/auth/sign-in/options lists what the user has."),
    SECOND_FACTOR_SETUP_REQUIRED(
            403,
            CALLER,
            "A second factor must be set up first",
            "Set up an authenticator app with POST /api/auth/totp or a passkey with POST /api/auth/passkeys/options, then repeat the request."),
    SIGN_IN_THROTTLED(
            429,
            CALLER,
            "Too many failed sign-ins",
            "Retry after the seconds in the header Retry-After, or sign in from a device that was used before."),
    SIGN_IN_BUSY(503, CAPACITY, "Too many sign-ins at once", "Retry after the seconds in the header Retry-After."),
    SESSION_ENDED(401, CALLER, "The session has ended", "Sign in again."),
    SESSION_NOT_FOUND(404, CALLER, "No such session", "List the sessions with GET /api/auth/sessions."),
    PASSWORD_WEAK(422, CALLER, "The password is too weak", "Choose a longer password that nobody can guess."),
    RESET_CODE_INVALID(
            401, CALLER, "The reset code is invalid or expired", "Ask an administrator for a new reset code."),
    CREDENTIAL_USER_UNKNOWN(404, CALLER, "No such user", "List the users with GET /api/users."),
    SIGN_IN_STALE(
            403,
            CALLER,
            "The sign-in is too old for this",
            "Sign in again and repeat the request within five minutes."),
    SECOND_FACTOR_INVALID(
            422, CALLER, "The code is wrong", "Check the time of the authenticator app and send its current code."),
    PASSKEY_INVALID(
            422,
            CALLER,
            "The passkey cannot be registered",
            "Begin again with POST /api/auth/passkeys/options, in a page of the address in public-url."),
    PASSKEY_NOT_FOUND(404, CALLER, "No such passkey", "List the passkeys with GET /api/auth/passkeys."),
    PASSKEYS_UNAVAILABLE(
            409,
            PLATFORM,
            "Passkeys cannot be used here",
            "Set public-url to an https address with a host name, or open http://localhost on the machine itself."),
    API_KEY_NOT_FOUND(404, CALLER, "No such API key", "List the API keys with GET /api/api-keys."),
    API_KEY_INVALID(422, CALLER, "The API key cannot be made", "Correct every field named in 'errors'."),
    FIRST_RUN_OVER(
            409, CALLER, "There is an administrator already", "Sign in, or ask an administrator for an account."),
    FIRST_RUN_CODE_INVALID(
            401, CALLER, "The set-up code is invalid or expired", "Restart `imaint up`, which prints a new link."),
    AUTH_KEY_UNUSABLE(
            500,
            PLATFORM,
            "The key of sign-in secrets cannot be used",
            "Make the named file readable for the user that runs iMaintenance, or set auth-key.");

    private final Kind kind;

    AuthProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
