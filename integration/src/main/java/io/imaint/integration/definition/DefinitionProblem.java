package io.imaint.integration.definition;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of what an administrator defines: integrations, and their fit to a SAP service. */
public enum DefinitionProblem implements ProblemCode {
    INTEGRATION_UNKNOWN(404, CALLER, "There is no such integration", "Use a name that `imaint integrations` lists."),
    INTEGRATION_INVALID(
            500,
            PLATFORM,
            "An integration's document cannot be used",
            "Correct it in the collection Integrations; removed, it comes back as the product brings it at the next start."),
    INTEGRATION_CHANGED(
            412,
            CALLER,
            "The integration was changed by somebody else meanwhile",
            "Read it again, apply the change to what stands there now, and save that."),
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
            "Give the integration a filter over the properties that the set requires, or lift sap:requires-filter in SEGW."),
    INBOUND_PROPERTY_UNFIT(
            502,
            PLATFORM,
            "The SAP service declares mapped properties with types that their conversions cannot take",
            "Correct the convert of these fields in the collection Integrations, or the properties' types in SEGW."),
    INBOUND_ROW_REFUSED(
            502,
            PLATFORM,
            "SAP sent a row with a value that its field cannot take",
            "Correct the value in SAP, or the field's convert in the collection Integrations; look at the row in /IWFND/GW_CLIENT."),
    INBOUND_ROW_WITHOUT_KEY(
            502,
            PLATFORM,
            "SAP sent a row without its key",
            "Check the integration's keys against the entity type's key in $metadata, and the row in /IWFND/GW_CLIENT."),
    INBOUND_ROW_UNREADABLE(
            502,
            PLATFORM,
            "A row of SAP holds a value of another type than declared",
            "Look at the row in /IWFND/GW_CLIENT and mend the value in SAP, or the property's type in SEGW; it is taken in with its next change.");

    private final Kind kind;

    DefinitionProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
