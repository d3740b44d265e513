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
    CONTENT_TOO_LARGE(
            413,
            CALLER,
            "The content is too large",
            "Send at most as many bytes as the message says; scale a picture down."),
    STORE_FULL(
            507,
            CAPACITY,
            "The disk of the store is full",
            "Free disk space; work resumes without a restart, and no acknowledged write is lost."),
    STORE_BUSY(503, CAPACITY, "The store is busy", "Retry. If it recurs, look for a process that blocks the store."),
    DOCUMENT_TOO_LARGE(
            413,
            CALLER,
            "The document is too large for the store",
            "Split it, or keep its long texts and files as attachments."),
    PLANT_OUT_OF_SCOPE(
            403,
            CALLER,
            "The plant is outside your scope",
            "Use one of your plants, or ask an administrator to add this one to your scope."),
    STORE_UNREACHABLE(
            503,
            PLATFORM,
            true,
            "The store cannot be reached",
            "Check that MongoDB runs and that mongo-uri and the network reach it, or the permissions of the data directory."),
    STORE_UNAUTHENTICATED(
            500,
            PLATFORM,
            "MongoDB refused the user or the password",
            "Correct both in mongo-uri, and name the database that holds the user as authSource."),
    STORE_UNAUTHORIZED(
            500,
            PLATFORM,
            "The user lacks a right in MongoDB",
            "Grant the user of mongo-uri the role readWrite on the database."),
    STORE_REFUSED(
            500,
            PLATFORM,
            "MongoDB refused an operation",
            "Look up the server's error code; use a server version that the README lists."),
    STORE_CORRUPT(
            500,
            PLATFORM,
            "The data directory is damaged",
            "Move it away and restore a backup, or run `imaint up` to load the data again."),
    STORE_CHANGED(
            409,
            PLATFORM,
            "The data directory belongs to another store",
            "Set mongo-uri (IMAINT_MONGO_URI) as the message says, or set IMAINT_HOME to another directory."),
    STORE_OLDER(
            409,
            PLATFORM,
            "The data directory was written by an older version of iMaintenance",
            "Start the system once with `imaint run` or `imaint up`; it converts the data."),
    STORE_NEWER(
            500,
            PLATFORM,
            "The data directory was written by a newer version of iMaintenance",
            "Start that version, or set IMAINT_HOME to another directory.");

    private final Kind kind;

    StoreProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    StoreProblem(int status, Blame blame, boolean retryable, String title, String remedy) {
        this.kind = new Kind(status, blame, retryable, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
