package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notifications (IW21, IW22). */
final class Notifications {
    /** Some fields, any of which lets another be computed anew. */
    private static final List<String> BREAKDOWN = List.of("MSAUS", "AUSVN", "AUZTV", "AUSBS", "AUZTB");

    private Notifications() {}

    static Row create(Change change, Draft draft) {
        change.requires("IW21");
        var notification = draft.row();
        Fields.numberedBySap(notification, "QMNUM");
        Fields.requires(notification, "QMART");
        var type = Lookups.customized(change, IcwpModel.NOTIFICATION_TYPE, "QMART", notification.text("QMART"))
                .orElseGet(() -> Row.of(IcwpModel.NOTIFICATION_TYPE));
        notification.set("ARTPR", type.text("ARTPR"));
        var object = ReferenceObject.of(change, notification);
        organize(notification, object);
        notification.set("RBNR", profile(object, type));
        Fields.propose(notification, "QMDAT", change.today());
        Fields.propose(notification, "MZEIT", change.now());
        Fields.propose(notification, "QMNAM", change.user());
        var noticed = notification.date("QMDAT");
        Priorities.apply(change, notification, noticed == null ? change.today() : noticed, "STRMN", "LTRMN");
        Fields.propose(notification, "STRUR", notification.time("MZEIT"));
        Fields.propose(notification, "LTRUR", notification.time("MZEIT"));
        check(change, notification, draft.values().keySet());
        breakdown(notification);
        var number = change.next(NumberRange.NOTIFICATION);
        notification
                .set("QMNUM", number)
                .set("OBJNR", "QM" + number)
                .set("STATUSES", "OSNO")
                .set("ERNAM", change.user())
                .set("ERDAT", change.today());
        change.put(notification);
        NotificationParts.createIn(change, notification, draft);
        change.say(SapMessage.success("IM/300", "Notification " + Fields.shown(number) + " saved"));
        return notification;
    }

    private static void organize(Row notification, ReferenceObject object) {
        object.propose(notification, "IWERK", "IWERK");
        object.propose(notification, "INGRP", "INGRP");
        object.propose(notification, "ARBPL", "ARBPL");
        object.propose(notification, "ARBPLWERK", "SWERK");
    }

    /** The equipment's catalog profile, else the functional location's, else the notification type's. */
    private static String profile(ReferenceObject object, Row type) {
        var own = object.text("RBNR");
        return own.isEmpty() ? type.text("RBNR") : own;
    }

    static Row type(Change change, Row notification) {
        return change.find(IcwpModel.NOTIFICATION_TYPE, notification.text("QMART"))
                .orElseGet(() -> Row.of(IcwpModel.NOTIFICATION_TYPE));
    }

    private static void check(Change change, Row notification, Set<String> given) {
        Lookups.check(change, notification, given, IcwpModel.PLANT, "IWERK");
        Lookups.check(change, notification, given, IcwpModel.PLANNER_GROUP, "IWERK", "INGRP");
        Lookups.check(change, notification, given, IcwpModel.WORK_CENTER, "ARBPLWERK", "ARBPL");
        var type = type(change, notification);
        Catalogs.check(change, notification, notification.text("RBNR"), type.text("SAKAT"), given, "QMGRP", "QMCOD");
    }

    /** SAP keeps the duration in seconds; the unit is only how it is shown. */
    private static void breakdown(Row notification) {
        Fields.flags(notification, "MSAUS");
        notification.set("MAUEH", "H");
        if (notification.flag("MSAUS")) {
            Fields.propose(notification, "AUSVN", notification.date("QMDAT"));
            Fields.propose(notification, "AUZTV", notification.time("MZEIT"));
        }
        var from = notification.date("AUSVN");
        var to = notification.date("AUSBS");
        if (to == null) {
            notification.set("AUSZT", null);
            return;
        }
        Fields.requires(notification, "AUSVN");
        var fromTime = notification.time("AUZTV");
        var toTime = notification.time("AUZTB");
        if (from == null) {
            throw new AssertionError("AUSVN was required");
        }
        var start = fromTime == null ? from.atStartOfDay() : from.atTime(fromTime);
        var end = toTime == null ? to.atStartOfDay() : to.atTime(toTime);
        // Without a time, the day alone says that the end is not before the start.
        if (end.isBefore(start) && (toTime != null || to.isBefore(from))) {
            throw Refusal.business("IM/151", "Malfunction end is before malfunction start", "AUSBS");
        }
        double seconds = Math.max(0, Duration.between(start, end).toSeconds());
        notification.set("AUSZT", notification.flag("MSAUS") ? (Double) seconds : null);
    }

    static Row update(Change change, Row notification, Map<String, @Nullable Object> given) {
        change.requires("IW22");
        Lookups.unlocked(change, notification);
        var before = notification.copy();
        var different = Fields.alter(notification, given);
        if (different.isEmpty()) {
            return notification;
        }
        StatusNetwork.NOTIFICATION.requires(before, Step.CHANGE);
        moveObject(change, notification, different);
        Lookups.check(change, notification, different, IcwpModel.PRIORITY, "ARTPR", "PRIOK");
        rescheduled(change, notification, different);
        check(change, notification, different);
        if (BREAKDOWN.stream().anyMatch(different::contains)) {
            breakdown(notification);
        }
        return keep(change, notification);
    }

    private static void moveObject(Change change, Row notification, Set<String> different) {
        boolean equipment = different.contains("EQUNR");
        boolean location = different.contains("TPLNR");
        if (!equipment && !location) {
            return;
        }
        if (!location) {
            notification.set("TPLNR", null);
        } else if (!equipment) {
            notification.set("EQUNR", null);
        }
        var object = ReferenceObject.of(change, notification);
        notification.set("RBNR", profile(object, type(change, notification)));
    }

    /** Another priority means other dates, unless the caller says which. */
    private static void rescheduled(Change change, Row notification, Set<String> different) {
        var noticed = notification.date("QMDAT");
        if (different.contains("PRIOK") && noticed != null) {
            for (var date : List.of("STRMN", "LTRMN")) {
                if (!different.contains(date)) {
                    notification.set(date, null);
                }
            }
            Priorities.apply(change, notification, noticed, "STRMN", "LTRMN");
        }
        if (different.contains("STRMN") || different.contains("LTRMN")) {
            Fields.inOrder(notification, "STRMN", "LTRMN");
        }
    }

    static Row open(Change change, String number) {
        var notification = Lookups.named(change, IcwpModel.NOTIFICATION, number);
        Lookups.unlocked(change, notification);
        return notification;
    }

    static Row keep(Change change, Row notification) {
        return change.put(notification.set("AENAM", change.user()).set("AEDAT", change.today()));
    }

    static Row putInProcess(Change change, String number) {
        change.requires("IW22");
        var notification = open(change, number);
        StatusNetwork.NOTIFICATION.take(notification, Step.PUT_IN_PROCESS);
        change.say(SapMessage.success("IM/303", "Notification " + Fields.shown(number) + " put in process"));
        return keep(change, notification);
    }

    static Row complete(Change change, String number) {
        change.requires("IW22");
        var notification = open(change, number);
        StatusNetwork.NOTIFICATION.requires(notification, Step.COMPLETE_NOTIFICATION);
        var open = NotificationParts.openTasks(change, number);
        if (!open.isEmpty()) {
            throw Refusal.business(
                    "IM/207",
                    "Notification " + Fields.shown(number) + " has outstanding tasks: "
                            + String.join(
                                    ", ",
                                    open.stream()
                                            .map(task -> task.text("MANUM"))
                                            .toList()));
        }
        StatusNetwork.NOTIFICATION.take(notification, Step.COMPLETE_NOTIFICATION);
        change.say(SapMessage.success("IM/304", "Notification " + Fields.shown(number) + " completed"));
        return keep(change, notification);
    }

    /** The notification of an order whose work is done; open tasks keep it open, which the order does not wait for. */
    static void completeWithOrder(Change change, Row notification) {
        if (!StatusNetwork.NOTIFICATION.permits(notification, Step.COMPLETE_NOTIFICATION)) {
            return;
        }
        if (!NotificationParts.openTasks(change, notification.text("QMNUM")).isEmpty()) {
            change.say(SapMessage.warning(
                    "IM/207",
                    "Notification " + Fields.shown(notification.text("QMNUM"))
                            + " has outstanding tasks and was not completed",
                    "QMNUM"));
            return;
        }
        keep(change, StatusNetwork.NOTIFICATION.take(notification, Step.COMPLETE_NOTIFICATION));
    }

    static Row assignOrder(Change change, String number, String orderNumber) {
        change.requires("IW22");
        var notification = open(change, number);
        var order = Orders.open(change, orderNumber);
        StatusNetwork.NOTIFICATION.requires(notification, Step.ASSIGN);
        StatusNetwork.ORDER.requires(order, Step.ASSIGN);
        if (!order.text("QMNUM").isEmpty()) {
            throw Refusal.business(
                    "IW/210",
                    "Order " + Fields.shown(orderNumber) + " is already assigned to notification "
                            + Fields.shown(order.text("QMNUM")),
                    "AUFNR");
        }
        Orders.keep(change, order.set("QMNUM", number));
        change.say(SapMessage.success(
                "IM/310", "Order " + Fields.shown(orderNumber) + " assigned to notification " + Fields.shown(number)));
        return assign(change, notification, order);
    }

    /** Hangs an order on a notification. */
    static Row assign(Change change, Row notification, Row order) {
        if (!notification.text("AUFNR").isEmpty()) {
            throw Refusal.business(
                    "IM/209",
                    "Notification " + Fields.shown(notification.text("QMNUM")) + " is already assigned to order "
                            + Fields.shown(notification.text("AUFNR")),
                    "AUFNR");
        }
        SystemStatuses.set(notification, Set.of(), "ORAS").set("AUFNR", order.text("AUFNR"));
        if (order.has("REL") && StatusNetwork.NOTIFICATION.permits(notification, Step.PUT_IN_PROCESS)) {
            StatusNetwork.NOTIFICATION.take(notification, Step.PUT_IN_PROCESS);
        }
        return keep(change, notification);
    }
}
