package io.imaint.gateway.edge;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the perimeter. */
enum EdgeProblem implements ProblemCode {
    EDGE_INVALID(
            500,
            Blame.PLATFORM,
            "The web ACL is invalid",
            "Correct everything named in the file that gateway-web-acl names; the rules before it stay until then.");

    private final Kind kind;

    EdgeProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
