package io.imaint.integration.archive;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of dumping, restoring, resetting and switching. */
public enum ArchiveProblem implements ProblemCode {
    DUMP_DAMAGED(
            422,
            CALLER,
            "The file is no whole dump",
            "Use another dump; this one was cut off, altered or never was one. Nothing was changed."),
    DUMP_NEWER(
            422,
            CALLER,
            "The dump is of a form that this version does not know",
            "Restore it with the version of iMaintenance named above, or a later one."),
    DUMP_EXISTS(
            409, CALLER, "The file exists", "Name another file, or move this one away; dumps are never overwritten."),
    DUMP_UNREADABLE(404, CALLER, "The dump cannot be read", "Check the file's name and permissions."),
    DUMP_UNWRITABLE(
            507,
            CAPACITY,
            "The dump cannot be written",
            "Free space, or name a file on another disk with --dump. Nothing was removed."),
    RESTORE_NOT_EMPTY(
            409,
            CALLER,
            "The collections to restore hold documents",
            "Run `imaint reset` first, or restore with --replace, which removes them."),
    SYSTEM_NOT_NAMED(
            409,
            CALLER,
            "The settings name another SAP system",
            "Set sap-url, sap-user, sap-password and sap-client to the system to switch to, then name that system with --system.");

    private final Kind kind;

    ArchiveProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
