package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import java.util.List;

/**
 * What is true of one generated notification, from which its row and its items, causes, tasks and activities are
 * written. Reused from notification to notification.
 */
final class NotificationFacts {
    /** How far a notification has come; see {@link #status}. */
    enum Phase {
        OUTSTANDING,
        IN_PROCESS,
        COMPLETED
    }

    /** From this age on, a notification without an order is settled, as a rule. */
    private static final int SETTLED_DAYS = 60;

    /** The second of the day at which what belongs to a notification is written. */
    static final int WRITTEN_AT = 14 * 3600;

    /** Of 100 notifications without an order, requests, requests or malfunctions; the others report activities. */
    private static final int REQUESTS_PERCENT = 45;

    private static final int REQUESTS_OR_MALFUNCTIONS_PERCENT = 75;

    private final Company company;
    private final Dice dice;
    /** The order that the notification led to, if there is one. */
    final OrderFacts order;

    long notification = -1;
    boolean linked;
    String type = "";
    int noticed;
    int priority;
    int equipment;
    Sites.Area area;
    Tables.Fault fault;
    Phase phase = Phase.OUTSTANDING;
    int changed;

    NotificationFacts(Company company) {
        this.company = company;
        this.dice = company.dice;
        this.order = new OrderFacts(company);
        this.area = order.area;
        this.fault = order.fault;
    }

    void roll(long newNotification) {
        if (newNotification == notification) {
            return;
        }
        notification = newNotification;
        long ofOrder = company.orderOf(notification);
        linked = ofOrder >= 0;
        if (linked) {
            order.roll(ofOrder);
            rollWithOrder();
        } else {
            rollWithoutOrder();
        }
    }

    private void rollWithOrder() {
        noticed = order.created - (order.priority == 1 ? 0 : dice.below(Roll.NOTICED, notification, 3));
        type = !order.breakdown && order.priority > 2 ? "M1" : "M2";
        priority = order.priority;
        equipment = order.equipment;
        area = order.area;
        fault = order.fault;
        phase = phase(order.stage);
        // A notification is completed with its order, and does not change when the order is closed.
        changed = order.stage == Stage.CLOSED ? order.technicallyCompleted : order.changed();
    }

    private void rollWithoutOrder() {
        noticed = noticedWithoutOrder();
        equipment = company.failingWithoutOrder(notification, noticed);
        area = company.sites.areaOfEquipment(equipment);
        List<Tables.Fault> faults =
                company.sites.fitting(area, equipment).type().faults();
        fault = faults.get(dice.below(Roll.FAULT, notification, faults.size()));
        int chosen = dice.below(Roll.FREE_TYPE, notification, 100);
        boolean activity = chosen >= REQUESTS_OR_MALFUNCTIONS_PERCENT;
        type = activity ? "M3" : chosen < REQUESTS_PERCENT ? "M1" : "M2";
        priority = dice.between(Roll.PRIORITY, notification, 3, 4);
        phase = phaseWithoutOrder(noticed);
        int later = dice.below(Roll.CHANGED, notification, activity ? 2 : SETTLED_DAYS);
        changed = phase == Phase.OUTSTANDING ? noticed : Math.min(Days.TODAY - 1, noticed + later);
    }

    private int noticedWithoutOrder() {
        long block = notification / Company.NOTIFICATIONS_PER_BLOCK;
        long place = notification % Company.NOTIFICATIONS_PER_BLOCK;
        return company.day(block * Company.BLOCK + place * Company.BLOCK / Company.NOTIFICATIONS_PER_BLOCK);
    }

    private Phase phaseWithoutOrder(int day) {
        boolean activity = dice.below(Roll.FREE_TYPE, notification, 100) >= REQUESTS_OR_MALFUNCTIONS_PERCENT;
        int open = dice.below(Roll.FREE_STATUS, notification, 100);
        if (activity || open < (day < Days.TODAY - SETTLED_DAYS ? 94 : 30)) {
            return Phase.COMPLETED;
        }
        return open % 3 == 0 ? Phase.IN_PROCESS : Phase.OUTSTANDING;
    }

    private static Phase phase(Stage stage) {
        return switch (stage) {
            case CREATED -> Phase.OUTSTANDING;
            case RELEASED, PARTLY_CONFIRMED, CONFIRMED -> Phase.IN_PROCESS;
            case TECHNICALLY_COMPLETED, CLOSED -> Phase.COMPLETED;
        };
    }

    /** Whether a notification is completed; nothing else about it is found out if that can be avoided. */
    boolean completed(long other) {
        notification = other;
        long ofOrder = company.orderOf(other);
        Phase found = ofOrder >= 0 ? phase(order.stageOf(ofOrder)) : phaseWithoutOrder(noticedWithoutOrder());
        // The other facts are not those of this notification.
        notification = -1;
        return found == Phase.COMPLETED;
    }

    String status() {
        return switch (phase) {
            case OUTSTANDING -> "OSNO";
            case IN_PROCESS -> "NOPR";
            case COMPLETED -> "NOCO";
        };
    }

    /** The day on which it was completed, or else noticed. */
    int settled() {
        return phase == Phase.COMPLETED ? changed : noticed;
    }
}
