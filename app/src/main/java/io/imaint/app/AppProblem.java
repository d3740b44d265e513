package io.imaint.app;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the program itself. */
enum AppProblem implements ProblemCode {
    COMMAND_INVALID("The command is invalid", "Add --help to the command to see its arguments and options."),
    ALREADY_RUNNING(
            "iMaintenance is already running on this data directory",
            "Stop it with Ctrl-C, or set IMAINT_HOME to another directory; `imaint status` shows what is running."),
    NOT_RUNNING(
            "iMaintenance is not running",
            "Start it with `imaint up`, or name a running one with --url; `imaint status` shows what is running."),
    REQUEST_REFUSED(
            "The running program refused the request",
            "Do what the reason says; after 401 or 403, name a token of somebody with the permission with --token-file."),
    ADMIN_TOKEN_UNUSABLE(
            "The administrator's token cannot be used",
            "Check the file's owner and permissions, or delete it; the next start creates a new one."),
    SETTINGS_FILE_UNREADABLE(
            "The settings file cannot be read", "Write one key=value per line in UTF-8, or delete the file."),
    DATA_DIRECTORY_UNUSABLE(
            "The data directory cannot be used",
            "Check its owner and permissions, or set IMAINT_HOME to another directory."),
    PLANT_EXISTS("The plant already exists", "List the plants with `imaint plants`."),
    PROXY_UNKNOWN("No such API proxy", "List the proxies and their revisions with `imaint gateway list`."),
    BUNDLE_UNREADABLE(
            "The bundle cannot be read",
            "Name a zip or a folder with APIProxy or apiproxy in it; `imaint gateway lint` checks it."),
    SIMULATOR_NOT_RUNNING(
            "No simulator is running",
            "Start one with `imaint simulator` in another terminal, or name its state directory with --state."),
    SIMULATOR_AMBIGUOUS(
            "Several simulators are running", "Name one of them by its port, with --port or IMAINT_SIMULATOR_PORT."),
    SIMULATOR_SILENT(
            "The simulator gave no usable answer", "Read the simulator's own messages, and restart it if it hangs.");

    private final Kind kind;

    AppProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
