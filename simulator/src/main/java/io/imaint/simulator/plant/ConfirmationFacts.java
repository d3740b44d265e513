package io.imaint.simulator.plant;

import io.imaint.simulator.plant.OrderFacts.Stage;

/** What is true of one generated confirmation, from which its row and its time sheet are written. Reused from confirmation to confirmation. */
final class ConfirmationFacts {
    private static final int SHIFT_BEGINS_HOUR = 7;
    /** Longer work is done by several at a time. */
    private static final int LONGEST_TENTHS = 80;

    private static final int MINUTES_PER_TENTH = 6;

    private final Company company;
    final OperationFacts operation;
    /** Which confirmation of its operation, from 0. */
    int part;

    boolean last;
    int tenths;
    int openTenths;
    int day;
    int beginMinute;
    int endMinute;

    ConfirmationFacts(Company company) {
        this.company = company;
        this.operation = new OperationFacts(company);
    }

    /** The confirmation that is the {@code child}th of an order, from 0. */
    void roll(long order, int child) {
        int main = company.tables.mainSteps[company.operations(order) - 1];
        boolean twice = OrderChildren.confirmedTwice(company, order);
        int step = twice && child > main ? child - 1 : child;
        operation.roll(order, step, company.firstOperation(order) + step);
        part = child - step == 1 && step == main ? 1 : 0;
        boolean parts = twice && operation.main;
        last = !parts || part == 1;
        int firstHalf = parts ? operation.spentTenths / 2 : operation.spentTenths;
        tenths = part == 0 ? firstHalf : operation.spentTenths - firstHalf;
        int spent = part == 0 ? firstHalf : operation.spentTenths;
        openTenths = last && operation.done() ? 0 : Math.max(1, operation.workTenths - spent);
        rollTime();
    }

    private void rollTime() {
        OrderFacts order = operation.order;
        // A partly confirmed order was last changed on the day its work began.
        int finish = order.stage == Stage.PARTLY_CONFIRMED ? order.actualStart : order.actualFinish;
        int days = finish - order.actualStart;
        day = Math.min(finish, order.actualStart + days * operation.step / order.operations + part);
        beginMinute = (SHIFT_BEGINS_HOUR + operation.step) * 60;
        endMinute = beginMinute + Math.min(tenths, LONGEST_TENTHS) * MINUTES_PER_TENTH;
    }

    boolean complete() {
        return last && operation.done();
    }
}
