package io.imaint.integration.definition;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of what an administrator defines: integrations, and their fit to a SAP service. */
public enum DefinitionProblem implements ProblemCode {
    INTEGRATION_UNKNOWN(404, CALLER, "There is no such integration", "Use a name from `imaint integrations`."),
    INTEGRATION_INVALID(
            500,
            PLATFORM,
            "The document of an integration is invalid",
            "Correct it in the collection Integrations, or remove it: the next start restores the product's own definition."),
    DEFINITION_REFUSED(
            400, CALLER, "The definition is invalid", "Correct all findings; the stored definition is unchanged."),
    INTEGRATION_EXISTS(409, CALLER, "An integration with this name already exists", "Edit it, or choose another name."),
    INTEGRATION_IN_USE(
            409,
            CALLER,
            "The integration is in use",
            "Set its status to 0, remove it from the dependsOn of others, then remove it."),
    INTEGRATION_CHANGED(
            412, CALLER, "The integration was changed meanwhile", "Read it again, apply your change, and save that."),
    INBOUND_SET_MISSING(
            502,
            PLATFORM,
            "The SAP service lacks an entity set",
            "Compare $metadata with the integration's entitySet; set the status to 0 if this system does not have the set."),
    INBOUND_PROPERTY_MISSING(
            502,
            PLATFORM,
            "The SAP service lacks mapped properties",
            "Add them to the service in SEGW, remove them from the integration's fields, or mark them optional."),
    INBOUND_FILTER_REQUIRED(
            502,
            PLATFORM,
            "The entity set requires a filter",
            "Add a filter on the required properties to the integration, or remove sap:requires-filter in SEGW."),
    INBOUND_KEY_INCOMPLETE(
            502,
            PLATFORM,
            "The integration's keys leave out properties of SAP's key",
            "Add the named properties to the integration's keys, or give each one value in its filter, such as SPRAS eq 'E'."),
    INBOUND_PROPERTY_UNFIT(
            502,
            PLATFORM,
            "The type of a mapped property does not fit its conversion",
            "Correct the field's convert in the collection Integrations, or the property's type in SEGW."),
    INBOUND_ROW_REFUSED(
            502,
            PLATFORM,
            "A row from SAP has a value that cannot be converted",
            "Correct the value in SAP, or the field's convert in the collection Integrations; /IWFND/GW_CLIENT shows the row."),
    INBOUND_ROW_WITHOUT_KEY(
            502,
            PLATFORM,
            "A row from SAP has no key",
            "Compare the integration's keys with the entity type's key in $metadata, and check the row in /IWFND/GW_CLIENT."),
    INBOUND_ROW_UNREADABLE(
            502,
            PLATFORM,
            "A row from SAP has a value that does not match its declared type",
            "Correct the value in SAP, or the property's type in SEGW; the row is loaded with its next change.");

    private final Kind kind;

    DefinitionProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
