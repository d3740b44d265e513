package io.imaint.services.workorder;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the work order service. */
enum WorkOrderProblem implements ProblemCode {
    WORK_ORDER_NOT_FOUND(
            404, "There is no such work order", "Check the order number; GET /api/work-orders?text=… searches.");

    private final Kind kind;

    WorkOrderProblem(int status, String title, String remedy) {
        this.kind = new Kind(status, Blame.CALLER, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
