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
            "Use the 'next' of the page before unchanged, with the same filters."),
    DUPLICATE(409, CALLER, "Another document has the same value", "Use a value that is not taken."),
    LEASE_LOST(
            409,
            CAPACITY,
            "Another process took over the work",
            "Nothing needs doing: the other one goes on from what is written down. If it recurs, look for a paused or overloaded machine."),
    STORE_FULL(
            507,
            CAPACITY,
            "The disk that holds the data is full",
            "Free space on it; what was acknowledged is kept, and work continues where it stopped."),
    STORE_BUSY(
            503, CAPACITY, "The store is busy", "Try again shortly; if it stays so, look for a process that blocks."),
    STORE_UNREACHABLE(
            503,
            PLATFORM,
            "The store cannot be reached",
            "Check mongo-uri, the network and the credentials, or the data directory's permissions."),
    STORE_CORRUPT(
            500,
            PLATFORM,
            "The data directory is damaged",
            "Move it away and restore a copy, or let `imaint up` load a new one."),
    STORE_CHANGED(
            409,
            PLATFORM,
            "The data directory belongs to another store",
            "Set mongo-uri (IMAINT_MONGO_URI) as named, or name another data directory with IMAINT_HOME."),
    STORE_NEWER(
            500,
            PLATFORM,
            "The data directory belongs to a newer version of iMaintenance",
            "Start that version, or name another directory with IMAINT_HOME.");

    private final Kind kind;

    StoreProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
