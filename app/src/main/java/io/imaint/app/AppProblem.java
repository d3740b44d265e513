package io.imaint.app;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the program itself. */
enum AppProblem implements ProblemCode {
    ALREADY_RUNNING(
            "iMaintenance already runs on this data directory",
            "Use it (`imaint status` shows it), stop it with Ctrl-C, or name another data directory with IMAINT_HOME."),
    ADMIN_TOKEN_UNUSABLE(
            "The administrator's token cannot be used",
            "Check the file's owner and permissions, or delete it: the next start makes a new one."),
    SETTINGS_FILE_UNREADABLE("The settings file cannot be read", "Write it as UTF-8 lines of key=value, or delete it."),
    DATA_DIRECTORY_UNUSABLE(
            "The data directory cannot be used",
            "Check its owner and permissions, or name another one with IMAINT_HOME."),
    SIMULATOR_NOT_RUNNING(
            "No simulator runs here",
            "Start one with `imaint simulator` in another terminal, or name its state folder with --state."),
    SIMULATOR_AMBIGUOUS(
            "Several simulators run here",
            "Name the one that is meant by its port, with --port or IMAINT_SIMULATOR_PORT."),
    SIMULATOR_SILENT(
            "The simulator gave no usable answer",
            "Look at the simulator's own messages; stop it and start it again if it hangs.");

    private final Kind kind;

    AppProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
