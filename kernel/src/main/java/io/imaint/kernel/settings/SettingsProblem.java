package io.imaint.kernel.settings;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of reading settings. */
public enum SettingsProblem implements ProblemCode {
    SETTINGS_INVALID(
            "Settings are invalid",
            "Correct them and start again; `imaint settings` lists all keys with their ranges.");

    private final Kind kind;

    SettingsProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
