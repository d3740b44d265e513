package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goods movements (MIGO). Of a transfer, each storage location has its own item, as in SAP. A document is never changed: to cancel it, another moves the goods back.
 *
 * <pre>
 *   261  issue for an order          stock ──► order    262 undoes it
 *   262  return from an order        order ──► stock    261 undoes it
 *   311  transfer                    LGORT ──► UMLGO    312 undoes it
 * </pre>
 */
final class GoodsMovements {
    static final String ISSUE = "261";
    private static final String RETURN = "262";
    private static final String TRANSFER = "311";
    private static final String TRANSFER_BACK = "312";
    private static final String ITEM = "0001";
    /** SHKZG: credit is what leaves the stock, debit what comes into it. */
    private static final String CREDIT = "H";

    private static final String DEBIT = "S";

    private GoodsMovements() {}

    static Row create(Change change, Draft draft) {
        change.requires("MIGO");
        var movement = draft.row();
        Fields.numberedBySap(movement, "MBLNR");
        Fields.requires(movement, "BWART");
        var type = movement.text("BWART");
        if (!Set.of(ISSUE, RETURN, TRANSFER).contains(type)) {
            throw Refusal.business("M7/097", "Movement type " + type + " is not allowed; use 261, 262 or 311", "BWART");
        }
        var component = component(change, movement);
        if (component != null) {
            Fields.derive(movement, component, "AUFNR", "MATNR", "WERKS", "LGORT", "CHARG", "MEINS");
        }
        Fields.requires(movement, "MATNR", "WERKS", "LGORT", "MENGE");
        Lookups.customized(change, IcwpModel.PLANT, "WERKS", movement.text("WERKS"));
        Materials.usable(change, movement);
        Lookups.unlocked(change, IcwpModel.MATERIAL, movement.text("MATNR"));
        Materials.quantity(movement, "MENGE");
        check(change, movement, component);
        dates(change, movement);
        movement.set("MBLNR", change.next(NumberRange.MATERIAL_DOCUMENT)).set("ZEILE", ITEM);
        post(change, movement, component);
        change.say(SapMessage.success(
                "MIGO/012", "Material document " + Fields.shown(movement.text("MBLNR")) + " posted"));
        return movement;
    }

    private static @Nullable Row component(Change change, Row movement) {
        if (Fields.isZero(movement.text("RSNUM"))) {
            movement.set("RSNUM", null).set("RSPOS", null);
            return null;
        }
        Fields.requires(movement, "RSPOS");
        var component = Lookups.referred(
                change, IcwpModel.COMPONENT, "RSPOS", movement.text("RSNUM"), Fields.chosen(movement, "RSPOS"));
        for (var field : List.of("AUFNR", "MATNR", "WERKS")) {
            if (!movement.text(field).isEmpty() && !movement.text(field).equals(component.text(field))) {
                throw Refusal.business(
                        "M7/035",
                        Fields.label(movement, field) + " " + Fields.shown(movement.text(field))
                                + " is not that of the reservation, "
                                + Fields.shown(component.text(field)),
                        field);
            }
        }
        return component;
    }

    private static void check(Change change, Row movement, @Nullable Row component) {
        if (movement.text("BWART").equals(TRANSFER)) {
            Fields.requires(movement, "UMLGO");
            if (movement.text("UMLGO").equals(movement.text("LGORT"))) {
                throw Refusal.business("M7/099", "Issuing and receiving storage location are the same", "UMLGO");
            }
            if (component != null || !movement.text("AUFNR").isEmpty()) {
                throw Refusal.business("M7/098", "A transfer has no order and no reservation", "AUFNR");
            }
            return;
        }
        if (!movement.text("UMLGO").isEmpty()) {
            throw Refusal.business("M7/100", "Only a transfer has a receiving storage location", "UMLGO");
        }
        Fields.requires(movement, "AUFNR");
        if (component != null) {
            checkReservation(change, movement, component);
        }
    }

    private static void checkReservation(Change change, Row movement, Row component) {
        if (component.flag("XLOEK")) {
            throw Refusal.business("M7/036", "Reservation item " + component.text("RSPOS") + " is deleted", "RSPOS");
        }
        var withdrawn = component.decimal("ENMNG");
        if (movement.text("BWART").equals(RETURN) && movement.decimal("MENGE").compareTo(withdrawn) > 0) {
            throw Refusal.business(
                    "M7/037",
                    "Only " + Fields.shown(withdrawn) + " " + component.text("MEINS") + " have been withdrawn",
                    "MENGE");
        }
        if (movement.text("BWART").equals(ISSUE)
                && withdrawn.add(movement.decimal("MENGE")).compareTo(component.decimal("BDMNG")) > 0) {
            change.say(SapMessage.warning("M7/362", "Reserved quantity is exceeded", "MENGE"));
        }
    }

    private static void dates(Change change, Row movement) {
        Fields.propose(movement, "BUDAT", change.today());
        Fields.propose(movement, "BLDAT", movement.date("BUDAT"));
        var posted = movement.date("BUDAT");
        if (posted == null || posted.isAfter(change.today())) {
            throw Refusal.business("M7/053", "Posting only possible up to " + Fields.shown(change.today()), "BUDAT");
        }
        movement.set("MJAHR", "%04d".formatted(posted.getYear()))
                .set("USNAM", change.user())
                .set("CPUDT", change.today())
                .set("CPUTM", change.now());
    }

    /** Moves the goods and writes the items of the document. */
    private static void post(Change change, Row movement, @Nullable Row component) {
        var type = movement.text("BWART");
        switch (type) {
            case ISSUE -> {
                Materials.take(change, movement, "LGORT");
                order(change, movement, component, Step.ISSUE, movement.decimal("MENGE"));
            }
            case RETURN -> {
                Materials.add(change, movement, "LGORT");
                order(
                        change,
                        movement,
                        component,
                        Step.RETURN,
                        movement.decimal("MENGE").negate());
            }
            default -> {
                Materials.take(change, movement, "LGORT");
                Materials.add(change, movement, "UMLGO");
                change.put(receiving(movement));
            }
        }
        change.put(movement.set("SHKZG", type.equals(RETURN) ? DEBIT : CREDIT));
    }

    private static Row receiving(Row movement) {
        var cancelled = movement.text("SMBLP");
        return movement.copy()
                .set("ZEILE", after(movement.text("ZEILE")))
                .set("SHKZG", DEBIT)
                .set("LGORT", movement.text("UMLGO"))
                .set("UMLGO", movement.text("LGORT"))
                .set("SMBLP", cancelled.isEmpty() ? null : after(cancelled))
                .set("EXTID", null);
    }

    private static String after(String item) {
        return "%04d".formatted(Fields.value(item) + 1);
    }

    /** Lets order and reservation show what was withdrawn. */
    private static void order(Change change, Row movement, @Nullable Row component, Step step, BigDecimal withdrawn) {
        var order = Lookups.referred(change, IcwpModel.WORK_ORDER, "AUFNR", movement.text("AUFNR"));
        Lookups.unlocked(change, order);
        StatusNetwork.ORDER.requires(order, step);
        if (!order.has("GMPS")) {
            Orders.keep(change, SystemStatuses.set(order, Set.of(), "GMPS"));
        }
        if (component != null) {
            component.set("ENMNG", component.decimal("ENMNG").add(withdrawn));
            Components.reckon(component);
            change.put(component);
        }
    }

    /** Answers the first item of the document that moves the goods back. */
    static Row cancel(Change change, String number, String year) {
        change.requires("MIGO");
        var items = change.under(IcwpModel.GOODS_MOVEMENT, number, year);
        if (items.isEmpty()) {
            Lookups.named(change, IcwpModel.GOODS_MOVEMENT, number, year, ITEM);
        }
        Map<String, Object> byItself = Map.of("SMBLN", number, "SJAHR", year);
        boolean twice =
                change.having(IcwpModel.GOODS_MOVEMENT, byItself).findFirst().isPresent();
        if (twice || !items.getFirst().text("SMBLN").isEmpty()) {
            throw Refusal.business(
                    "M7/200",
                    "Material document " + Fields.shown(number)
                            + (twice ? " has already been cancelled" : " is itself a cancellation"),
                    "MBLNR");
        }
        var document = change.next(NumberRange.MATERIAL_DOCUMENT);
        for (var item : items) {
            boolean written =
                    !item.text("UMLGO").isEmpty() && item.text("SHKZG").equals(DEBIT);
            if (!written) { // The receiving item of a transfer comes with the issuing one.
                cancelItem(change, item, document);
            }
        }
        change.say(SapMessage.success("MIGO/012", "Material document " + Fields.shown(document) + " posted"));
        return change.under(IcwpModel.GOODS_MOVEMENT, document).getFirst();
    }

    private static void cancelItem(Change change, Row item, String document) {
        Lookups.unlocked(change, IcwpModel.MATERIAL, item.text("MATNR"));
        var back = item.copy()
                .set("MBLNR", document)
                .set("BWART", opposite(item.text("BWART")))
                .set("SMBLN", item.text("MBLNR"))
                .set("SJAHR", item.text("MJAHR"))
                .set("SMBLP", item.text("ZEILE"))
                .set("BUDAT", change.today())
                .set("BLDAT", change.today())
                .set("EXTID", null);
        if (!item.text("UMLGO").isEmpty()) {
            back.set("LGORT", item.text("UMLGO")).set("UMLGO", item.text("LGORT"));
        }
        dates(change, back);
        var component = change.find(IcwpModel.COMPONENT, item.text("RSNUM"), item.text("RSPOS"));
        post(change, back, component.orElse(null));
    }

    private static String opposite(String type) {
        return switch (type) {
            case ISSUE -> RETURN;
            case RETURN -> ISSUE;
            case TRANSFER -> TRANSFER_BACK;
            default -> throw Refusal.business("M7/201", "A movement of type " + type + " cannot be cancelled", "BWART");
        };
    }
}
