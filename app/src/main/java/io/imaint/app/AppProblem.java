package io.imaint.app;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the program itself. */
enum AppProblem implements ProblemCode {
    ADMIN_TOKEN_UNUSABLE(
            "The administrator's token cannot be used",
            "Check the file's owner and permissions, or delete it: the next start makes a new one."),
    SETTINGS_FILE_UNREADABLE("The settings file cannot be read", "Write it as UTF-8 lines of key=value, or delete it."),
    DATA_DIRECTORY_UNUSABLE(
            "The data directory cannot be used",
            "Check its owner and permissions, or name another one with IMAINT_HOME.");

    private final String title;
    private final String remedy;

    AppProblem(String title, String remedy) {
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
