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
            "SAP's pages lead back to a page that was read",
            "Correct the paging ($skiptoken) of the entity set in the service's data provider class; what was read is kept."),
    INBOUND_ROWS_UNREADABLE(
            502,
            PLATFORM,
            "Too many of SAP's rows cannot be loaded",
            "Compare the property named above with its type in $metadata, and the integration's keys and fields with both; clear /IWFND/CACHE_CLEANUP when the type was changed."),
    INBOUND_RUNNING(
            409,
            CAPACITY,
            "An integration is running",
            "Stop the process named above, or wait for the end of its run, then try again."),
    INBOUND_LOAD_UNFINISHED(
            409,
            CAPACITY,
            "A load has begun and is not at its end",
            "Wait while somebody works at it. One that was stopped or broken off goes on with `imaint inbound run NAME`; changes are fetched again after it."),
    INBOUND_JOBS_FULL(
            503,
            CAPACITY,
            "As many runs as allowed are under way",
            "Wait for the end of one; GET /api/inbound/jobs lists them."),
    INBOUND_NOT_STOPPED(
            409,
            CALLER,
            "The integration is in no run that could be stopped",
            "Nothing needs doing. To keep it from running, pause its schedule or set its status to 0."),
    SYSTEM_CHANGED(
            409,
            PLATFORM,
            "The data was loaded from another SAP system",
            "Run the command that is named to switch to the new system, `imaint reset` to remove what is loaded, or name another data directory with IMAINT_HOME."),
    ARCHIVE_RUNNING(409, CAPACITY, "A reset, restore or switch is going on", "Wait for its end."),
    ARCHIVE_UNFINISHED(
            409,
            PLATFORM,
            "A reset, restore or switch was interrupted",
            "Run the command named above again; it finishes what is left."),
    INBOUND_SWEEP_REFUSED(
            409,
            PLATFORM,
            "A comparison would remove too many documents",
            "Check in SAP whether the rows are really gone or the user may no longer see them; if it is right, run `imaint inbound verify NAME --repair --max-removals N`."),
    INBOUND_DEFECT(
            500,
            PLATFORM,
            "The load met a defect of iMaintenance",
            "Report it with the log's stack trace; `imaint inbound run` continues from the checkpoint.");

    private final Kind kind;

    InboundProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
