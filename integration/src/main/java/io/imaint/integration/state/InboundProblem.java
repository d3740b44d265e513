package io.imaint.integration.state;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of loading SAP's data. */
public enum InboundProblem implements ProblemCode {
    INBOUND_PAGES_REPEAT(
            502,
            PLATFORM,
            "SAP's pages repeat",
            "Correct the paging ($skiptoken) in the service's data provider class; the rows that were read are kept."),
    INBOUND_ROWS_UNREADABLE(
            502,
            PLATFORM,
            "Too many rows from SAP cannot be loaded",
            "Compare the named property with its type in $metadata and with the integration's fields; clear /IWFND/CACHE_CLEANUP if the type was changed."),
    INBOUND_RUNNING(
            409,
            CAPACITY,
            "An integration is running",
            "Stop the named process or wait for its run to end, then retry."),
    INBOUND_LOAD_UNFINISHED(
            409,
            CAPACITY,
            "The load is not complete",
            "Wait if it is running, or continue it with `imaint inbound run NAME`; deltas resume after it."),
    INBOUND_JOBS_FULL(
            503, CAPACITY, "Too many runs are in progress", "Wait for one to end; GET /api/inbound/jobs lists them."),
    INBOUND_NOT_STOPPED(
            409,
            CALLER,
            "The integration is not running",
            "Nothing needs to be done. To prevent runs, pause its schedule or set its status to 0."),
    SYSTEM_CHANGED(
            409,
            PLATFORM,
            "The store holds the data of another SAP system",
            "Run the command in the message to park that data and load the new system, `imaint reset` to remove it, or set IMAINT_HOME to another directory."),
    ARCHIVE_RUNNING(409, CAPACITY, "A reset, restore or switch is running", "Wait for it to end."),
    ARCHIVE_UNFINISHED(
            409, PLATFORM, "A reset, restore or switch was interrupted", "Run the named command again to finish it."),
    INBOUND_SWEEP_REFUSED(
            409,
            PLATFORM,
            "A reconciliation would remove too many documents",
            "Check in SAP whether the rows were deleted or are hidden from the user; if deleted, run `imaint inbound verify NAME --repair --max-removals N`."),
    INBOUND_DEFECT(
            500,
            PLATFORM,
            "A load failed because of a defect in iMaintenance",
            "Report the stack trace in the log; `imaint inbound run` continues from the checkpoint."),
    SCHEDULE_DEFECT(
            500,
            PLATFORM,
            "A scheduled delta failed because of a defect in iMaintenance",
            "Report the stack trace in the log; the delta is retried every ten minutes, and other integrations continue.");

    private final Kind kind;

    InboundProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
