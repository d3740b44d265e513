package io.imaint.services.command;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of commands to SAP. */
public enum CommandProblem implements ProblemCode {
    ENTRY_INVALID(
            422,
            Blame.CALLER,
            "What was entered cannot be sent to SAP",
            "Correct what is named; what names no field is about the state of the object."),
    COMMAND_BASE_OUTDATED(
            409,
            Blame.CALLER,
            "The values were changed by somebody else",
            "Look at the present values, and enter the change again."),
    COMMAND_REFUSED_BY_SAP(
            422,
            Blame.SAP,
            "SAP refused the command",
            "Do what SAP's message says; then retry or discard the item in the outbox.");

    private final Kind kind;

    CommandProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, false, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
