package io.imaint.integration.outbound;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.PLATFORM;
import static io.imaint.kernel.problem.Blame.SAP;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Why a command cannot be posted, beside what SAP says to it. */
enum OutboundProblem implements ProblemCode {
    COMMAND_FIELD_UNMAPPED(
            422,
            PLATFORM,
            "No SAP property is mapped to a field",
            "Add the field to the integration of the collection, or remove it from the item; then retry."),
    COMMAND_VALUE_UNFIT(
            422, CALLER, "SAP's property cannot hold the value", "Correct the value and retry, or discard the item."),
    COMMAND_CONFLICT(
            409,
            CALLER,
            "SAP has another value meanwhile",
            "Compare the values. Retry with the right one, or discard the item to keep SAP's."),
    COMMAND_NUMBER_MISSING(
            502,
            SAP,
            false,
            "SAP confirmed without a document number",
            "Find the document in SAP by what the message names. If it is there, discard the item; if not, retry."),
    COMMAND_COLLECTION_UNMAPPED(
            422,
            PLATFORM,
            "No integration fills the collection",
            "Activate or create the integration that fills it, then retry.");

    private final Kind kind;

    OutboundProblem(int status, Blame blame, String title, String remedy) {
        this(status, blame, false, title, remedy);
    }

    OutboundProblem(int status, Blame blame, boolean retryable, String title, String remedy) {
        this.kind = new Kind(status, blame, retryable, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
