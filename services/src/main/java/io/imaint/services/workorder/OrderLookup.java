package io.imaint.services.workorder;

import io.imaint.services.command.CommandContext;
import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
import io.imaint.services.command.OrderKey;
import io.imaint.store.Condition;
import io.imaint.store.outbox.Command;
import io.imaint.store.replica.Replicas;

/** Finds the orders and operations that commands are about. */
record OrderLookup(CommandContext context) {
    Expected order(OrderKey key) {
        return context.pending()
                .find(Replicas.WORK_ORDERS, key.value())
                .orElseThrow(() -> WorkOrderProblem.WORK_ORDER_NOT_FOUND.because(key.value()));
    }

    /** Goes on only where an order has an operation, or may have it: those of a new order are known to SAP alone at first. */
    void requireOperation(Expected order, String operation, String suboperation) {
        if (!mayHave(order, operation, suboperation)) {
            throw WorkOrderProblem.OPERATION_NOT_FOUND.because(
                    String.join("/", order.anchor(), operation, suboperation));
        }
    }

    /** Notes where an order has no such operation. */
    void checkOperation(String field, Expected order, String operation, Findings findings) {
        if (!mayHave(order, operation, "")) {
            findings.add(field, "is '%s', which the order does not have".formatted(operation));
        }
    }

    private boolean mayHave(Expected order, String operation, String suboperation) {
        var key = String.join("/", order.anchor(), operation, suboperation);
        boolean added = order.items().stream().anyMatch(item -> item.command() == Command.ADD_OPERATION);
        var operations = context.seen().documents(Replicas.OPERATIONS);
        // An order without any operation is one whose operations are still on their way from SAP.
        return added
                || operations.find(key).isPresent()
                || operations.count(Condition.equal("orderNumber", order.anchor())) == 0;
    }
}
