package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import org.jspecify.annotations.Nullable;

/** What is true of one generated operation, from which its row and its confirmations are written. Reused from operation to operation. */
final class OperationFacts {
    private static final int ASSIGNED_PERCENT = 70;

    private final Company company;
    final OrderFacts order;

    /** The operation's number among all. */
    long index;
    /** Which operation of its order, from 0. */
    int step;
    /** Whether it is the job itself, not a step before or after. */
    boolean main;

    boolean external;
    String discipline = "";
    String text = "";
    int workTenths;
    int spentTenths;

    OperationFacts(Company company) {
        this.company = company;
        this.order = new OrderFacts(company);
    }

    void roll(long ofOrder, int newStep, long newIndex) {
        if (order.order != ofOrder) {
            order.roll(ofOrder);
        }
        step = newStep;
        index = newIndex;
        String template = company.tables.steps[order.operations - 1][step];
        boolean same = template.startsWith("*");
        main = template.equals("+");
        discipline = main || same ? order.discipline() : template.substring(0, 4);
        text = main ? order.text() : template.substring(same ? 1 : 5);
        external = order.external && main;
        workTenths = main ? order.workTenths : 2 + order.workTenths / 8;
        spentTenths = workTenths * company.dice.between(Roll.WORK_DONE, index, 70, 150) / 100;
    }

    String number() {
        return Digits.of((step + 1L) * 10, 4);
    }

    String workCenter() {
        return external ? "EXTN" : discipline;
    }

    @Nullable
    String activityType() {
        return external ? null : discipline;
    }

    boolean confirmed() {
        return step < OrderFacts.confirmed(order.stage, order.operations);
    }

    /** Whether nothing is left to do, as opposed to a confirmation of a part. */
    boolean done() {
        return confirmed() && !(order.stage == Stage.PARTLY_CONFIRMED && order.operations == 1);
    }

    boolean assigned() {
        return order.atLeast(Stage.RELEASED) && company.dice.chance(Roll.ASSIGNED, index, ASSIGNED_PERCENT);
    }

    /** Who does it if somebody of the plant does: for all operations of an order the same person. */
    String person() {
        int person = company.dice.below(Roll.ASSIGNED, order.order, PersonRows.PER_PLANT);
        return PersonRows.number(order.area.plant(), person);
    }
}
