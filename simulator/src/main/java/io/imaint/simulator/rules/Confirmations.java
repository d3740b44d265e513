package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Confirmations of work (IW41, IW45). A confirmation is never deleted or changed: to cancel it, a counter document takes
 * its hours back.
 */
final class Confirmations {
    /** The most that seven digits with one after the point hold. */
    private static final BigDecimal WORK_MAX = new BigDecimal("999999.9");

    private static final String FIRST = "00000001";

    private Confirmations() {}

    static Row create(Change change, Draft draft) {
        change.requires("IW41");
        var confirmation = draft.row();
        identify(change, confirmation);
        var order = Orders.open(change, confirmation.text("AUFNR"));
        StatusNetwork.ORDER.requires(order, Step.CONFIRM);
        var operation = operation(change, confirmation);
        StatusNetwork.OPERATION.requires(operation, Step.CONFIRM);
        if (operation.has("CNF")) {
            // SAP warns and lets the late colleague book: more work than planned is no mistake.
            change.say(SapMessage.warning(
                    "RU/116", "Operation " + operation.text("VORNR") + " has already been finally confirmed", "VORNR"));
        }
        fill(change, confirmation, operation, draft.values().keySet());
        add(change, confirmation, operation);
        change.say(
                SapMessage.success("RU/100", "Confirmation of order " + Fields.shown(order.text("AUFNR")) + " saved"));
        reflect(change, order, operation);
        return confirmation;
    }

    /** Who names a confirmation number that was used before need not name the operation. */
    private static void identify(Change change, Row confirmation) {
        if (confirmation.text("AUFNR").isEmpty() && !confirmation.text("RUECK").isEmpty()) {
            change.find(IcwpModel.CONFIRMATION, confirmation.text("RUECK"), FIRST)
                    .ifPresent(earlier -> Fields.derive(confirmation, earlier, "AUFNR", "VORNR", "UVORN"));
        }
        Fields.requires(confirmation, "AUFNR", "VORNR");
        if (!Fields.isZero(confirmation.text("RMZHL"))) {
            Fields.numberedBySap(confirmation, "RMZHL");
        }
    }

    private static Row operation(Change change, Row confirmation) {
        var operation = Lookups.referred(
                change,
                IcwpModel.OPERATION,
                "VORNR",
                confirmation.text("AUFNR"),
                Fields.chosen(confirmation, "VORNR"),
                Fields.chosen(confirmation, "UVORN"));
        var named = confirmation.text("RUECK");
        if (!Fields.isZero(named) && !named.equals(operation.text("RUECK"))) {
            throw Refusal.business(
                    "RU/011",
                    "Confirmation " + Fields.shown(named) + " does not belong to operation " + operation.text("VORNR"),
                    "RUECK");
        }
        return operation;
    }

    private static void fill(Change change, Row confirmation, Row operation, Set<String> given) {
        var number = operation.text("RUECK");
        Fields.propose(confirmation, "ISMNU", operation.text("ARBEH"));
        Fields.propose(confirmation, "ISMNU", WorkTime.HOURS);
        Fields.propose(confirmation, "ISMNW", BigDecimal.ZERO);
        confirmation
                .set("RUECK", number)
                .set("RMZHL", nextCounter(change, number))
                .set("VORNR", operation.text("VORNR"))
                .set("UVORN", operation.text("UVORN"));
        Fields.flags(confirmation, "AUERU");
        Fields.notNegative(confirmation, "ISMNW", "OFMNW");
        WorkTime.unit(confirmation, "ISMNU");
        Fields.derive(confirmation, operation, "ARBPL", "WERKS");
        Fields.propose(confirmation, "LEARR", operation.text("LARNT"));
        Lookups.check(change, confirmation, given, IcwpModel.WORK_CENTER, "WERKS", "ARBPL");
        WorkTime.person(change, confirmation);
        dates(change, confirmation);
        stamp(change, confirmation);
    }

    private static void dates(Change change, Row confirmation) {
        Fields.propose(confirmation, "BUDAT", change.today());
        var posted = confirmation.date("BUDAT");
        if (posted != null && posted.isAfter(change.today())) {
            throw Refusal.business("RU/042", "Posting date " + Fields.shown(posted) + " is in the future", "BUDAT");
        }
        var start = confirmation.date("ISDD");
        var finish = confirmation.date("IEDD");
        Fields.propose(
                confirmation, "ISDD", finish != null && posted != null && finish.isBefore(posted) ? finish : posted);
        Fields.propose(confirmation, "IEDD", start != null && posted != null && start.isAfter(posted) ? start : posted);
        Fields.inOrder(confirmation, "ISDD", "IEDD");
        var begun = confirmation.time("ISDZ");
        var ended = confirmation.time("IEDZ");
        boolean sameDay = Objects.equals(confirmation.date("ISDD"), confirmation.date("IEDD"));
        if (sameDay && begun != null && ended != null && ended.isBefore(begun)) {
            throw Refusal.business("RU/045", "Actual finish " + ended + " is before actual start " + begun, "IEDZ");
        }
    }

    private static void stamp(Change change, Row confirmation) {
        confirmation.set("ERNAM", change.user()).set("ERSDA", change.today()).set("ERZET", change.now());
    }

    /** Books a confirmation, or its counter document, on the operation. */
    private static void add(Change change, Row confirmation, Row operation) {
        var unit = operation.text("ARBEH").isEmpty() ? WorkTime.HOURS : operation.text("ARBEH");
        var work = WorkTime.convert(confirmation.decimal("ISMNW"), confirmation.text("ISMNU"), unit);
        var sum = operation.decimal("ISMNW").add(work);
        if (sum.compareTo(WORK_MAX) > 0) {
            throw Refusal.business("RU/051", "Actual work exceeds " + WORK_MAX + " " + unit, "ISMNW");
        }
        boolean last = confirmation.flag("AUERU");
        var rest = operation.decimal("ARBEI").subtract(sum).max(BigDecimal.ZERO);
        Fields.propose(
                confirmation,
                "OFMNW",
                last ? BigDecimal.ZERO : WorkTime.convert(rest, unit, confirmation.text("ISMNU")));
        operation.set("ISMNW", sum);
        change.put(confirmation);
    }

    /** Lets operation and order show what is confirmed. */
    private static void reflect(Change change, Row order, Row operation) {
        var active = active(change, operation.text("RUECK"));
        boolean finished = active.stream().anyMatch(one -> one.flag("AUERU"));
        boolean begun = !active.isEmpty() || operation.decimal("ISMNW").signum() != 0;
        change.put(SystemStatuses.confirmed(operation, finished, begun));
        Orders.reflectOperations(change, order);
        Orders.keep(change, order);
    }

    /** The confirmations of an operation that count. */
    static List<Row> active(Change change, String number) {
        return change.under(IcwpModel.CONFIRMATION, number).stream()
                .filter(one -> !one.flag("STOKZ"))
                .toList();
    }

    /** Counters have no gaps, so the last is found by doubling and halving instead of reading all. */
    private static String nextCounter(Change change, String number) {
        int used = 0;
        int free = 1;
        while (exists(change, number, free)) {
            used = free;
            free *= 2;
        }
        while (free - used > 1) {
            int middle = (used + free) / 2;
            if (exists(change, number, middle)) {
                used = middle;
            } else {
                free = middle;
            }
        }
        return "%08d".formatted(free);
    }

    private static boolean exists(Change change, String number, int counter) {
        return change.find(IcwpModel.CONFIRMATION, number, "%08d".formatted(counter))
                .isPresent();
    }

    /** Answers the counter document. */
    static Row cancel(Change change, String number, String counter) {
        change.requires("IW45");
        var cancelled = Lookups.named(change, IcwpModel.CONFIRMATION, number, counter);
        var order = Orders.open(change, cancelled.text("AUFNR"));
        if (cancelled.flag("STOKZ")) {
            throw Refusal.business(
                    "RU/122", "Confirmation " + Fields.shownKey(cancelled) + " has already been cancelled", "STOKZ");
        }
        StatusNetwork.ORDER.requires(order, Step.CANCEL_CONFIRMATION);
        var operation = Lookups.named(
                change, IcwpModel.OPERATION, cancelled.text("AUFNR"), cancelled.text("VORNR"), cancelled.text("UVORN"));
        change.put(cancelled.set("STOKZ", "X"));
        var counterpart = cancelled.copy();
        counterpart
                .set("RMZHL", nextCounter(change, number))
                .set("ISMNW", cancelled.decimal("ISMNW").negate())
                .set("OFMNW", cancelled.decimal("OFMNW").negate())
                .set("STZHL", counter)
                .set("BUDAT", change.today())
                .set("EXTID", null);
        stamp(change, counterpart);
        add(change, counterpart, operation);
        reflect(change, order, operation);
        change.say(SapMessage.success("RU/123", "Confirmation " + Fields.shownKey(cancelled) + " cancelled"));
        return counterpart;
    }
}
