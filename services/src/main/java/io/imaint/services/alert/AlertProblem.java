package io.imaint.services.alert;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the alert service. */
enum AlertProblem implements ProblemCode {
    ALERT_NOT_FOUND(404, CALLER, "No such alert in the inbox", "List the inbox with GET /api/alerts."),
    ALERT_RULE_NOT_FOUND(404, CALLER, "No such alert rule", "List the rules with GET /api/alert-rules."),
    ALERT_RULE_INVALID(422, CALLER, "The alert rule cannot work", "Correct every field named in 'errors'."),
    ALERT_TRANSITION_REFUSED(
            409, CALLER, "The alert's state does not allow the action", "Read the alert again; its state has changed."),
    WEBHOOK_NOT_FOUND(404, CALLER, "No such webhook", "List the webhooks with GET /api/alert-webhooks."),
    ADDRESS_REFUSED(
            422,
            CALLER,
            "The address may not be called",
            "Use a public https address, or have an administrator add the host to the setting outgoing-allowed."),
    RECEIVER_UNREACHABLE(
            502,
            CAPACITY,
            "The receiver of alerts cannot be reached",
            "Check its address and network; the delivery is repeated automatically."),
    PUSH_SUBSCRIPTION_NOT_FOUND(
            404, CALLER, "No such push subscription", "Subscribe again in the browser that should receive alerts."),
    PUSH_SUBSCRIPTION_INVALID(
            422, CALLER, "The push subscription is invalid", "Send the browser's PushSubscription unchanged."),
    ALERT_LIMIT_REACHED(409, CALLER, "The limit is reached", "Remove entries that are no longer needed."),
    ALERT_KEY_UNUSABLE(
            500,
            PLATFORM,
            "The alert key cannot be used",
            "Make the named file readable for the user that runs iMaintenance, or set alert-key.");

    private final Kind kind;

    AlertProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
