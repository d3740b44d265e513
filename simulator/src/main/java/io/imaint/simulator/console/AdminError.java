package io.imaint.simulator.console;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.faults.FaultSyntax;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why an operation was not done.
 *
 * @param status of HTTP
 * @param code a short name, for programs
 * @param title what kind of thing went wrong
 * @param detail a sentence for people
 */
record AdminError(int status, String code, String title, String detail) {
    static final AdminError NOT_ADMINISTRATOR = new AdminError(
            403, "not-authorized", "Only administrators may do this", "The user lacks the role SAP_ALL.");

    static final AdminError CROSS_SITE = new AdminError(
            403, "cross-site", "The request comes from another site", "Open the console itself and do it there.");

    static final AdminError STALE_FORM = new AdminError(
            403, "stale-form", "The form is no longer valid", "The simulator was started anew: open the page again.");

    /** What an exception means to the caller; a defect stays an exception. */
    static AdminError of(RuntimeException thrown) {
        return switch (thrown) {
            case WrongUse wrong -> wrong(wrong);
            case FaultSyntax wrong -> wrong(wrong);
            case Failure failure ->
                new AdminError(
                        failure.code().status(),
                        failure.code().slug(),
                        failure.code().title(),
                        failure.detail() + ". " + failure.code().remedy());
            case Refusal refusal -> refused(refusal);
            default -> throw thrown;
        };
    }

    private static AdminError wrong(RuntimeException wrong) {
        return new AdminError(
                400, "wrong-use", "The operation cannot be done like this", String.valueOf(wrong.getMessage()));
    }

    private static AdminError refused(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case BUSINESS -> 422;
            case LOCKED -> 423;
            case NOT_AUTHORIZED -> 403;
            case NOT_FOUND -> 404;
        };
        List<SapMessage> messages = refusal.messages();
        return new AdminError(
                status,
                messages.getFirst().code(),
                "SAP declines it",
                messages.stream().map(SapMessage::text).collect(Collectors.joining("; ")));
    }
}
