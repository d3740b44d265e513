package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;

/**
 * How many rows of other sets hang on an order or a notification. All parents are counted before the first such row is
 * served, so as little of a parent as possible is found out.
 */
final class OrderChildren {
    private static final int COMPONENTS_MAX = 4;
    /** Of 100 orders, those whose main work was confirmed in two parts, and those whose hours went into time sheets. */
    private static final int TWO_CONFIRMATIONS_PERCENT = 35;

    private static final int TIME_SHEETS_PERCENT = 40;
    /** Of 100 completed notifications, those with a second activity. */
    private static final int TWO_ACTIVITIES_PERCENT = 25;

    private final Company company;
    private final Dice dice;
    private final OrderFacts facts;
    private final NotificationFacts notification;

    private OrderChildren(Company company) {
        this.company = company;
        this.dice = company.dice;
        this.facts = new OrderFacts(company);
        this.notification = new NotificationFacts(company);
    }

    /** How many rows of a set each of its parents has; for one thread. */
    static Tally.Children of(Company company, EntitySet set) {
        OrderChildren children = new OrderChildren(company);
        if (set == IcwpModel.COMPONENT) {
            return order -> components(company, order);
        } else if (set == IcwpModel.GOODS_MOVEMENT) {
            return children::withdrawals;
        } else if (set == IcwpModel.CONFIRMATION) {
            return children::confirmations;
        } else if (set == IcwpModel.TIME_SHEET) {
            return children::timeSheets;
        } else if (set == IcwpModel.INSPECTION_LOT) {
            return order -> children.inspected(order, Stage.RELEASED);
        } else if (set == IcwpModel.USAGE_DECISION) {
            return order -> children.inspected(order, Stage.TECHNICALLY_COMPLETED);
        } else if (set == IcwpModel.TASK) {
            return parent -> tasks(company, parent);
        } else if (set == IcwpModel.ACTIVITY) {
            return children::activities;
        }
        throw new AssertionError(set + " hangs neither on orders nor on notifications");
    }

    static long parents(Company company, EntitySet set) {
        return set == IcwpModel.TASK || set == IcwpModel.ACTIVITY ? company.notifications() : company.orders;
    }

    static int components(Company company, long order) {
        return company.material(order) < 2 ? 0 : company.dice.between(Roll.COMPONENTS, order, 1, COMPONENTS_MAX);
    }

    private int withdrawals(long order) {
        return company.material(order) < 3 ? 0 : withdrawn(company, order, facts.stageOf(order));
    }

    /** How many of an order's components, from the first, have been withdrawn. */
    static int withdrawn(Company company, long order, Stage stage) {
        if (company.material(order) < 3) {
            return 0;
        }
        int components = components(company, order);
        return switch (stage) {
            case CREATED -> 0;
            case RELEASED -> 1;
            case PARTLY_CONFIRMED -> (components + 1) / 2;
            case CONFIRMED, TECHNICALLY_COMPLETED, CLOSED -> components;
        };
    }

    private int confirmations(long order) {
        Stage stage = facts.stageOf(order);
        if (stage.compareTo(Stage.PARTLY_CONFIRMED) < 0) {
            return 0;
        }
        int operations = company.operations(order);
        int confirmed = OrderFacts.confirmed(stage, operations);
        boolean twice = company.tables.mainSteps[operations - 1] < confirmed && confirmedTwice(company, order);
        return twice ? confirmed + 1 : confirmed;
    }

    static boolean confirmedTwice(Company company, long order) {
        return company.dice.chance(Roll.CONFIRMATIONS, order, TWO_CONFIRMATIONS_PERCENT);
    }

    /** Contractors write no time sheets. */
    private int timeSheets(long order) {
        boolean own = dice.chance(Roll.TIME_SHEETS, order, TIME_SHEETS_PERCENT) && !company.external(order);
        return own ? confirmations(order) : 0;
    }

    private int inspected(long order, Stage least) {
        if (company.corrective(order) || facts.stageOf(order).compareTo(least) < 0) {
            return 0;
        }
        return company.inspects(order) ? 1 : 0;
    }

    private static int tasks(Company company, long parent) {
        return Math.max(0, company.dice.below(Roll.TASKS, parent, 10) - 6);
    }

    private int activities(long parent) {
        if (!notification.completed(parent)) {
            return 0;
        }
        return dice.chance(Roll.ACTIVITIES, parent, TWO_ACTIVITIES_PERCENT) ? 2 : 1;
    }
}
