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
            403, CALLER, "The provider's user has no account here", "Ask an administrator for an account.");

    private final Kind kind;

    OidcProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
