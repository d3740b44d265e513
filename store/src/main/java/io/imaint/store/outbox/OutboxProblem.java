package io.imaint.store.outbox;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the outbox. */
public enum OutboxProblem implements ProblemCode {
    OUTBOX_ITEM_NOT_FOUND(
            404,
            CALLER,
            "There is no such item in the outbox",
            "Check the id; a posted item is kept for 90 days, and items of other plants are not shown."),
    OUTBOX_KEY_REUSED(
            409,
            CALLER,
            "The idempotency key was used for something else",
            "Send another Idempotency-Key, or repeat the first request unchanged."),
    OUTBOX_STEP_FORBIDDEN(
            409,
            CALLER,
            "The item is not in a state that allows this",
            "Read the item again: only failed and held items can be retried or discarded."),
    OUTBOX_PREDECESSOR_DISCARDED(
            409,
            CALLER,
            "The object was never created in SAP",
            "Discard this item, and enter it again for an object that exists.");

    private final Kind kind;

    OutboxProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
