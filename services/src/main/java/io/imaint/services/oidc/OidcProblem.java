package io.imaint.services.oidc;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of signing in at another provider. */
enum OidcProblem implements ProblemCode {
    PROVIDER_NOT_FOUND(404, CALLER, "No such provider", "List the providers with GET /api/auth/oidc."),
    PROVIDER_UNREACHABLE(
            502, CAPACITY, "The provider cannot be reached", "Check its address and network, and sign in again."),
    PROVIDER_ANSWER_REFUSED(
            401, CALLER, "The provider's answer was refused", "Begin again at the sign-in page of this system."),
    PROVIDER_USER_UNKNOWN(
            403, CALLER, "The provider's user has no account here", "Ask an administrator for an account."),
    LOGOUT_TOKEN_REFUSED(
            400,
            CALLER,
            "The logout token was refused",
            "Compare issuer, client and time of the provider with this system."),
    IDENTITY_NOT_FOUND(404, CALLER, "No such identity", "List your identities with GET /api/me/identities."),
    IDENTITY_LINK_REFUSED(
            409, CALLER, "The identity cannot be linked", "Unlink it where it is linked now, then begin again."),
    IDENTITY_NEEDED(
            409,
            CALLER,
            "The identity is the only way to sign in",
            "Ask an administrator for a reset code, set a password, and repeat the request.");

    private final Kind kind;

    OidcProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
