package io.imaint.integration.archive;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of dumping, restoring, resetting and switching. */
public enum ArchiveProblem implements ProblemCode {
    DUMP_DAMAGED(422, CALLER, "The file is not a complete dump", "Use another dump. Nothing was changed."),
    DUMP_NEWER(
            422,
            CALLER,
            "This version cannot read the dump",
            "Restore it with the version named in the message, or a later one."),
    DUMP_EXISTS(
            409,
            CALLER,
            "The file already exists",
            "Name another file, or move this one away; dumps are never overwritten."),
    DUMP_UNREADABLE(404, CALLER, "The dump cannot be read", "Check the name and permissions of the file."),
    DUMP_UNWRITABLE(
            507,
            CAPACITY,
            "The dump cannot be written",
            "Free disk space, or write to an existing directory with --dump. Nothing was removed."),
    RESTORE_NOT_EMPTY(
            409,
            CALLER,
            "The collections to restore are not empty",
            "Run `imaint reset` first, or restore with --replace to remove their documents."),
    OUTBOX_UNSETTLED(
            409,
            CALLER,
            "Commands for the loaded SAP system are still in the outbox",
            "Let them be posted, or discard them: all at once with --discard-outbox."),
    SYSTEM_NOT_NAMED(
            409,
            CALLER,
            "The settings name another SAP system",
            "Set sap-url, sap-user, sap-password and sap-client to the system that --system names, or omit --system.");

    private final Kind kind;

    ArchiveProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
