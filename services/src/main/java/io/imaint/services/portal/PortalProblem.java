package io.imaint.services.portal;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the portal. */
enum PortalProblem implements ProblemCode {
    LANGUAGE_NOT_FOUND(404, CALLER, "No such language", "GET /api/languages lists the languages there are.");

    private final Kind kind;

    PortalProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
