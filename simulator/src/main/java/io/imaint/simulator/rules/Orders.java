package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maintenance orders (IW31, IW32). */
final class Orders {
    /** The category of maintenance orders among SAP's orders. */
    private static final String MAINTENANCE = "30";

    private static final String CONTROLLING_AREA = "1000";

    /** IPHAS: how far an order is, in one digit. */
    private static final String OUTSTANDING = "0";

    private static final String RELEASED = "2";
    private static final String COMPLETED = "3";

    /** What may still be changed when the work is done. */
    private static final Set<String> DESCRIPTIVE = Set.of("KTEXT", "ANLZU");

    private Orders() {}

    static Row create(Change change, Draft draft) {
        change.requires("IW31");
        var order = draft.row();
        Fields.numberedBySap(order, "AUFNR");
        Fields.requires(order, "AUART");
        var type = Lookups.customized(change, IcwpModel.ORDER_TYPE, "AUART", order.text("AUART"));
        type.ifPresent(known -> order.set("ARTPR", known.text("ARTPR")));
        var notification = notificationOf(change, order);
        if (notification != null) {
            inherit(order, notification);
        }
        var object = ReferenceObject.of(change, order);
        organize(change, order, object);
        boolean down = notification != null && notification.flag("MSAUS");
        Fields.propose(order, "ANLZU", down ? "0" : "1"); // Out of operation, in operation.
        checkFields(change, order, draft.values().keySet());
        Priorities.apply(change, order, change.today(), "GSTRP", "GLTRP");
        order.set("GSTRS", order.date("GSTRP")).set("GLTRS", order.date("GLTRP"));
        number(change, order);
        change.put(order);
        createParts(change, order, draft);
        if (notification != null) {
            Notifications.assign(change, notification, order);
        }
        change.say(SapMessage.success("IW/085", "Order saved with number " + Fields.shown(order.text("AUFNR"))));
        return Lookups.named(change, IcwpModel.WORK_ORDER, order.text("AUFNR"));
    }

    private static @Nullable Row notificationOf(Change change, Row order) {
        if (order.text("QMNUM").isEmpty()) {
            return null;
        }
        var notification = Lookups.referred(change, IcwpModel.NOTIFICATION, "QMNUM", order.text("QMNUM"));
        Lookups.unlocked(change, notification);
        StatusNetwork.NOTIFICATION.requires(notification, Step.ASSIGN);
        return notification;
    }

    /** An order for a notification is about the same object, in the same words, unless the caller says otherwise. */
    private static void inherit(Row order, Row notification) {
        if (order.text("EQUNR").isEmpty() && order.text("TPLNR").isEmpty()) {
            Fields.derive(order, notification, "EQUNR");
            if (order.text("EQUNR").isEmpty()) {
                Fields.derive(order, notification, "TPLNR");
            }
        }
        Fields.propose(order, "KTEXT", notification.text("QMTXT"));
        Fields.derive(order, notification, "IWERK", "INGRP", "ARBPL");
        Fields.propose(order, "VAWRK", notification.text("ARBPLWERK"));
        if (notification.text("ARTPR").equals(order.text("ARTPR"))) {
            Fields.derive(order, notification, "PRIOK");
        }
    }

    private static void organize(Change change, Row order, ReferenceObject object) {
        object.propose(order, "WERKS", "SWERK");
        object.propose(order, "WERKS", "IWERK");
        Fields.requires(order, "WERKS");
        var plant = Lookups.customized(change, IcwpModel.PLANT, "WERKS", order.text("WERKS"));
        object.propose(order, "IWERK", "IWERK");
        Fields.propose(order, "IWERK", order.text("WERKS"));
        object.propose(order, "INGRP", "INGRP");
        object.propose(order, "ARBPL", "ARBPL");
        Fields.propose(order, "VAWRK", order.text("WERKS"));
        object.propose(order, "BUKRS", "BUKRS");
        order.set("KOKRS", CONTROLLING_AREA);
        object.propose(order, "KOSTV", "KOSTL");
        object.propose(order, "WAERS", "WAERS");
        Fields.propose(
                order, "WAERS", currency(plant.map(known -> known.text("LAND1")).orElse("")));
    }

    /** A company code keeps its books in the money of its country. */
    private static String currency(String country) {
        if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country)) {
            return "";
        }
        var currency = Currency.getInstance(Locale.of("", country));
        return currency == null ? "" : currency.getCurrencyCode();
    }

    private static void checkFields(Change change, Row order, Set<String> given) {
        Lookups.check(change, order, given, IcwpModel.PLANT, "IWERK");
        Lookups.check(change, order, given, IcwpModel.PLANNER_GROUP, "IWERK", "INGRP");
        Lookups.check(change, order, given, IcwpModel.WORK_CENTER, "VAWRK", "ARBPL");
        Lookups.check(change, order, given, IcwpModel.ACTIVITY_TYPE, "ILART");
    }

    private static void number(Change change, Row order) {
        var number = change.next(NumberRange.ORDER);
        order.set("AUFNR", number)
                .set("AUTYP", MAINTENANCE)
                .set("OBJNR", "OR" + number)
                .set("AUFPL", change.next(NumberRange.ROUTING))
                .set("RSNUM", change.next(NumberRange.RESERVATION))
                .set("IPHAS", OUTSTANDING)
                .set("STATUSES", "CRTD MANC PRC NMAT")
                .set("ERNAM", change.user())
                .set("ERDAT", change.today());
    }

    private static void createParts(Change change, Row order, Draft draft) {
        for (var operation : draft.below(IcwpModel.OPERATION)) {
            Operations.createIn(change, order, operation);
        }
        if (draft.below(IcwpModel.OPERATION).isEmpty()) {
            Operations.createIn(change, order, new Draft(IcwpModel.OPERATION, Map.of(), Map.of()));
        }
        for (var component : draft.below(IcwpModel.COMPONENT)) {
            Components.createIn(change, order, component);
        }
        if (!draft.below(IcwpModel.NOTIFICATION).isEmpty()) {
            throw Refusal.business("IW/204", "Create the notification first, then the order with its number", "QMNUM");
        }
    }

    static Row update(Change change, Row order, Map<String, @Nullable Object> given) {
        change.requires("IW32");
        Lookups.unlocked(change, order);
        var before = order.copy();
        var different = Fields.alter(order, given);
        if (different.isEmpty()) {
            return order;
        }
        StatusNetwork.ORDER.requires(before, DESCRIPTIVE.containsAll(different) ? Step.DESCRIBE : Step.CHANGE);
        if (different.contains("EQUNR") && !different.contains("TPLNR")) {
            order.set("TPLNR", null);
        }
        if (different.contains("TPLNR") && !different.contains("EQUNR")) {
            order.set("EQUNR", null);
        }
        if (different.contains("EQUNR") || different.contains("TPLNR")) {
            ReferenceObject.of(change, order);
        }
        Fields.keeps(order, different, "IWERK", "GSTRP", "GLTRP");
        Lookups.check(change, order, different, IcwpModel.PRIORITY, "ARTPR", "PRIOK");
        checkFields(change, order, different);
        if (different.contains("GSTRP") || different.contains("GLTRP")) {
            Fields.inOrder(order, "GSTRP", "GLTRP");
            order.set("GSTRS", order.date("GSTRP")).set("GLTRS", order.date("GLTRP"));
        }
        return keep(change, order);
    }

    /** An order to be changed by one of its parts or by a step: it exists, and nobody else has it open. */
    static Row open(Change change, String number) {
        var order = Lookups.named(change, IcwpModel.WORK_ORDER, number);
        Lookups.unlocked(change, order);
        return order;
    }

    static Row keep(Change change, Row order) {
        return change.put(order.set("AENAM", change.user()).set("AEDAT", change.today()));
    }

    /** The operations are released with their order, and the notification is in process from then on. */
    static Row release(Change change, String number) {
        change.requires("IW32");
        var order = open(change, number);
        StatusNetwork.ORDER.take(order, Step.RELEASE);
        SystemStatuses.set(order, Set.of("MANC"), "SETC")
                .set("IDAT1", change.today())
                .set("IPHAS", RELEASED);
        Operations.follow(change, number, Step.RELEASE);
        change.find(IcwpModel.NOTIFICATION, order.text("QMNUM"))
                .filter(notification -> StatusNetwork.NOTIFICATION.permits(notification, Step.PUT_IN_PROCESS))
                .ifPresent(notification ->
                        Notifications.keep(change, StatusNetwork.NOTIFICATION.take(notification, Step.PUT_IN_PROCESS)));
        change.say(SapMessage.success("IW/080", "Order " + Fields.shown(number) + " released"));
        return keep(change, order);
    }

    /** Completes the notification too, unless tasks of it are open. */
    static Row complete(Change change, String number) {
        change.requires("IW32");
        var order = open(change, number);
        StatusNetwork.ORDER.take(order, Step.COMPLETE);
        order.set("IDAT2", change.today()).set("IPHAS", COMPLETED);
        Operations.follow(change, number, Step.COMPLETE);
        change.find(IcwpModel.NOTIFICATION, order.text("QMNUM"))
                .ifPresent(notification -> Notifications.completeWithOrder(change, notification));
        change.say(SapMessage.success("IW/087", "Order " + Fields.shown(number) + " technically completed"));
        return keep(change, order);
    }

    /** The notification stays completed, as SAP leaves it. */
    static Row reopen(Change change, String number) {
        change.requires("IW32");
        var order = open(change, number);
        StatusNetwork.ORDER.take(order, Step.REOPEN);
        order.set("IDAT2", null).set("IPHAS", RELEASED);
        Operations.follow(change, number, Step.REOPEN);
        change.say(SapMessage.success(
                "IW/088", "Technical completion of order " + Fields.shown(number) + " was cancelled"));
        return keep(change, order);
    }

    /** What its operations tell of an order: partly or wholly confirmed, and since when the work has been going on. */
    static void reflectOperations(Change change, Row order) {
        var operations = change.under(IcwpModel.OPERATION, order.text("AUFNR"));
        boolean whole = !operations.isEmpty() && operations.stream().allMatch(operation -> operation.has("CNF"));
        boolean partly = operations.stream().anyMatch(operation -> operation.has("CNF") || operation.has("PCNF"));
        SystemStatuses.confirmed(order, whole, partly);
        LocalDate start = null;
        LocalDate finish = null;
        for (var operation : operations) {
            for (var confirmation : Confirmations.active(change, operation.text("RUECK"))) {
                var from = confirmation.date("ISDD");
                var to = confirmation.date("IEDD");
                start = start == null || (from != null && from.isBefore(start)) ? from : start;
                finish = finish == null || (to != null && to.isAfter(finish)) ? to : finish;
            }
        }
        if (!partly || start != null) { // Confirmed work without confirmations keeps the dates it came with.
            order.set("GSTRI", start).set("GETRI", whole ? finish : null);
        }
    }
}
