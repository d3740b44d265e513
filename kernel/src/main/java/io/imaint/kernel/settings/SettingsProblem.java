package io.imaint.kernel.settings;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of reading settings. */
public enum SettingsProblem implements ProblemCode {
    SETTINGS_INVALID(
            "Settings are invalid",
            "Correct every setting named above; nothing was started. `imaint settings` lists all keys with their ranges.");

    private final String title;
    private final String remedy;

    SettingsProblem(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    @Override
    public int status() {
        return 500;
    }

    @Override
    public Blame blame() {
        return Blame.PLATFORM;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
