package io.imaint.integration.management;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of changing integrations. */
public enum ManagementProblem implements ProblemCode {
    DEFINITION_REFUSED(
            400,
            CALLER,
            "The definition was refused",
            "Correct everything named above; what stands in the store is unchanged."),
    INTEGRATION_EXISTS(
            409, CALLER, "There is an integration of that name", "Edit that one, or give the new one another name."),
    INTEGRATION_IN_USE(
            409,
            CALLER,
            "The integration is in use",
            "Set its status to 0 and take it out of the dependsOn of others, then remove it.");

    private final Kind kind;

    ManagementProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
