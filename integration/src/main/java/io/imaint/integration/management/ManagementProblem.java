package io.imaint.integration.management;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of changing integrations. */
public enum ManagementProblem implements ProblemCode {
    DEFINITION_REFUSED(
            400, CALLER, "The definition is invalid", "Correct all findings; the stored definition is unchanged."),
    INTEGRATION_EXISTS(409, CALLER, "An integration with this name already exists", "Edit it, or choose another name."),
    INTEGRATION_IN_USE(
            409,
            CALLER,
            "The integration is in use",
            "Set its status to 0, remove it from the dependsOn of others, then remove it.");

    private final Kind kind;

    ManagementProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
