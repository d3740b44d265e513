package io.imaint.integration.discovery;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of looking for something that a SAP system does not offer. */
enum DiscoveryProblem implements ProblemCode {
    DISCOVERY_SERVICE_UNKNOWN(
            404,
            CALLER,
            "The service was not found",
            "List the services with `imaint integrations discover`, or give the path below the host; the catalog shows only services that the user may call (S_SERVICE)."),
    DISCOVERY_SET_UNKNOWN(
            404,
            CALLER,
            "The service has no such entity set",
            "Use a name from `imaint integrations discover SERVICE`; names are case-sensitive.");

    private final Kind kind;

    DiscoveryProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
