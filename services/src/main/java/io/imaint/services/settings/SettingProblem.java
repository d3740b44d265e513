package io.imaint.services.settings;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the settings service. */
enum SettingProblem implements ProblemCode {
    SETTING_NOT_FOUND(404, CALLER, "No such setting", "List the settings with GET /api/settings."),
    SETTING_VALUE_NOT_FOUND(
            404,
            CALLER,
            "No value is set there",
            "GET /api/settings/{key}/explanation shows at which levels values are set."),
    RISK_MATRIX_NOT_FOUND(404, CALLER, "No such risk matrix", "GET /api/risk-matrices lists those that there are."),
    SETTING_VALUE_INVALID(422, CALLER, "The value of the setting is invalid", "Correct everything named in 'errors'.");

    private final Kind kind;

    SettingProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
