package io.imaint.services.preferences;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the mobile preference service. */
enum PreferenceProblem implements ProblemCode {
    MOBILE_PREFERENCE_NOT_FOUND(
            404,
            CALLER,
            "No such mobile preference",
            "GET /api/mobile-preferences names the documents that hold for each platform."),
    MOBILE_PREFERENCE_INVALID(
            422, CALLER, "The mobile preference or choice is invalid", "Correct everything named in 'errors'.");

    private final Kind kind;

    PreferenceProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
