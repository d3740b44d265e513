package io.imaint.integration.inbound;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of loading SAP's data. */
public enum InboundProblem implements ProblemCode {
    INTEGRATION_UNKNOWN(404, CALLER, "There is no such integration", "Use a name that `imaint integrations` lists."),
    INTEGRATION_INVALID(
            500,
            PLATFORM,
            "An integration's document cannot be used",
            "Correct it in the collection Integrations; removed, it comes back as the product brings it at the next start."),
    INTEGRATION_CHANGED(
            409,
            CAPACITY,
            "The integration was changed while it was loading",
            "Run `imaint inbound run` again; it continues from the checkpoint with the changed integration."),
    INBOUND_SET_MISSING(
            502,
            PLATFORM,
            "The SAP service lacks an entity set",
            "Compare the service's $metadata with the integration's entitySet; set the integration's status to 0 when this system does not have it."),
    INBOUND_PROPERTY_MISSING(
            502,
            PLATFORM,
            "The SAP service lacks mapped properties",
            "Add them to the service in SEGW, or remove their lines from the integration's fields or mark them optional."),
    INBOUND_FILTER_REQUIRED(
            502,
            PLATFORM,
            "The entity set cannot be read whole",
            "Lift sap:requires-filter for this set in SEGW; an initial load reads without a filter."),
    INBOUND_ROW_WITHOUT_KEY(
            502,
            PLATFORM,
            "SAP sent a row without its key",
            "Check the integration's keys against the entity type's key in $metadata, and the row in /IWFND/GW_CLIENT."),
    INBOUND_PAGES_REPEAT(
            502,
            PLATFORM,
            "SAP's pages lead back to a page that was read",
            "Correct the paging ($skiptoken) of the entity set in the service's data provider class; what was read is kept."),
    INBOUND_LEASE_LOST(
            409,
            CAPACITY,
            "Another process took over the load",
            "Nothing needs doing: the other one continues from the checkpoint. If it recurs, look for a paused or overloaded machine."),
    INBOUND_RUNNING(
            409,
            CAPACITY,
            "An integration is loading",
            "Stop the process named above, or wait for the end of its load, then try again."),
    SYSTEM_CHANGED(
            409,
            PLATFORM,
            "The data was loaded from another SAP system",
            "Run `imaint reset` to load everything from the new system, or name another data directory with IMAINT_HOME."),
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
