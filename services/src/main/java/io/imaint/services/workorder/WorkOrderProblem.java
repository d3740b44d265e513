package io.imaint.services.workorder;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the work order service. */
enum WorkOrderProblem implements ProblemCode {
    WORK_ORDER_NOT_FOUND(
            404, "There is no such work order", "Check the order number; GET /api/work-orders?text=… searches."),
    NOTIFICATION_NOT_FOUND(
            404, "There is no such notification", "Check the number; GET /api/notifications?text=… searches."),
    OPERATION_NOT_FOUND(
            404,
            "The work order has no such operation",
            "Check the number; GET /api/work-orders/{orderNumber} shows the operations."),
    CONFIRMATION_NOT_FOUND(
            404,
            "There is no such confirmation",
            "Check both numbers; GET /api/work-orders/{orderNumber}/confirmations lists them."),
    GOODS_MOVEMENT_NOT_FOUND(
            404,
            "There is no such material document",
            "Check number and year; GET /api/work-orders/{orderNumber}/goods-movements lists those of an order."),
    TIME_SHEET_NOT_FOUND(
            404,
            "There is no such time sheet record",
            "Check the number; GET /api/work-orders/{orderNumber}/time-sheets lists those of an order."),
    INSPECTION_LOT_NOT_FOUND(
            404, "There is no such inspection lot", "Check the number; GET /api/inspection-lots?text=… searches.");

    private final Kind kind;

    WorkOrderProblem(int status, String title, String remedy) {
        this.kind = new Kind(status, Blame.CALLER, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
