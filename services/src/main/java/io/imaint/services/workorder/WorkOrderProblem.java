package io.imaint.services.workorder;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the work order service. */
enum WorkOrderProblem implements ProblemCode {
    WORK_ORDER_NOT_FOUND(
            404,
            "No such work order",
            "Check the order number; GET /api/work-orders?text=… finds orders by any part of it.");

    private final int status;
    private final String title;
    private final String remedy;

    WorkOrderProblem(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Blame blame() {
        return Blame.CALLER;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
