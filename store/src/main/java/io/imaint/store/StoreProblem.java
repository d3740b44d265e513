package io.imaint.store;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the store. */
public enum StoreProblem implements ProblemCode {
    QUERY_INVALID(400, CALLER, "The query is invalid", "Correct the named parameter."),
    CURSOR_INVALID(
            400,
            CALLER,
            "The cursor is invalid",
            "Send the 'next' of the previous page unchanged, with the same filters."),
    DUPLICATE(409, CALLER, "Another document has the same unique value", "Use another value."),
    LEASE_LOST(
            409,
            CAPACITY,
            "Another process took over the lease",
            "Nothing needs to be done: the other process continues. If it recurs, look for a machine that is paused or overloaded."),
    STORE_FULL(
            507,
            CAPACITY,
            "The disk of the store is full",
            "Free disk space; work resumes without a restart, and no acknowledged write is lost."),
    STORE_BUSY(503, CAPACITY, "The store is busy", "Retry. If it recurs, look for a process that blocks the store."),
    STORE_UNREACHABLE(
            503,
            PLATFORM,
            "The store cannot be reached",
            "Check mongo-uri, the network and the credentials, or the permissions of the data directory."),
    STORE_CORRUPT(
            500,
            PLATFORM,
            "The data directory is damaged",
            "Move it away and restore a backup, or run `imaint up` to load the data again."),
    STORE_NEWER(
            500,
            PLATFORM,
            "The data directory was written by a newer version of iMaintenance",
            "Start that version, or set IMAINT_HOME to another directory.");

    private final Kind kind;

    StoreProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
