package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Components of orders: the material that an order reserves (IW32). */
final class Components {
    private static final String STOCK_ITEM = "L";
    private static final String NON_STOCK_ITEM = "N";
    private static final int NUMBER_MAX = 9999;

    private Components() {}

    static Row create(Change change, Draft draft) {
        change.requires("IW32");
        var given = draft.row();
        var order = Orders.open(change, orderOf(change, given));
        if (!Fields.isZero(given.text("RSNUM")) && !given.text("RSNUM").equals(order.text("RSNUM"))) {
            throw Refusal.business(
                    "M7/032",
                    "Reservation " + Fields.shown(given.text("RSNUM")) + " does not belong to order "
                            + Fields.shown(order.text("AUFNR")),
                    "RSNUM");
        }
        StatusNetwork.ORDER.requires(order, Step.CHANGE);
        var component = createIn(change, order, draft);
        return component;
    }

    /** The order may be known by another component of the same reservation. */
    private static String orderOf(Change change, Row component) {
        if (component.text("AUFNR").isEmpty() && !Fields.isZero(component.text("RSNUM"))) {
            change.under(IcwpModel.COMPONENT, component.text("RSNUM")).stream()
                    .findFirst()
                    .ifPresent(other -> Fields.derive(component, other, "AUFNR"));
        }
        Fields.requires(component, "AUFNR");
        return component.text("AUFNR");
    }

    /** Adds a component to an order that is being created or changed, and saves the order. */
    static Row createIn(Change change, Row order, Draft draft) {
        var component = draft.row().set("AUFNR", order.text("AUFNR"));
        if (order.text("RSNUM").isEmpty()) {
            order.set("RSNUM", change.next(NumberRange.RESERVATION));
        }
        component.set("RSNUM", order.text("RSNUM"));
        number(change, component);
        Fields.propose(component, "POSTP", component.text("MATNR").isEmpty() ? NON_STOCK_ITEM : STOCK_ITEM);
        Fields.propose(component, "WERKS", order.text("WERKS"));
        Lookups.customized(change, IcwpModel.PLANT, "WERKS", component.text("WERKS"));
        material(change, component);
        operation(change, component);
        Fields.propose(component, "BDTER", order.date("GSTRP"));
        Fields.requires(component, "BDMNG");
        component.set("ENMNG", BigDecimal.ZERO).set("BWART", GoodsMovements.ISSUE);
        check(component);
        change.put(component);
        SystemStatuses.set(order, Set.of("NMAT"));
        Orders.keep(change, order);
        return component;
    }

    private static void number(Change change, Row component) {
        var wanted = Fields.chosen(component, "RSPOS");
        if (wanted.isEmpty()) {
            int last = change.under(IcwpModel.COMPONENT, component.text("RSNUM")).stream()
                    .mapToInt(other -> Fields.value(other.text("RSPOS")))
                    .max()
                    .orElse(0);
            if (last >= NUMBER_MAX) {
                throw Refusal.business("M7/033", "No reservation item is left after " + NUMBER_MAX, "RSPOS");
            }
            wanted = "%04d".formatted(last + 1);
        }
        component.set("RSPOS", wanted);
        if (change.find(IcwpModel.COMPONENT, component.key()).isPresent()) {
            throw Refusal.business("M7/034", "Reservation item " + wanted + " already exists", "RSPOS");
        }
    }

    private static void material(Change change, Row component) {
        switch (component.text("POSTP")) {
            case STOCK_ITEM -> {
                Fields.requires(component, "MATNR");
                var material = Materials.usable(change, component);
                Fields.derive(component, material, "MAKTX");
                location(change, component);
            }
            case NON_STOCK_ITEM -> {
                if (!component.text("MATNR").isEmpty()) {
                    Fields.derive(component, Materials.usable(change, component), "MAKTX");
                }
                Fields.requires(component, "MAKTX", "MEINS");
            }
            default ->
                throw Refusal.business(
                        "M3/101", "Item category " + component.text("POSTP") + " is not allowed; use L or N", "POSTP");
        }
    }

    /** A material is taken from a storage location where it is kept; the first one, unless the caller says which. */
    private static void location(Change change, Row component) {
        var stocks = change.under(IcwpModel.STOCK, component.text("MATNR"), component.text("WERKS"));
        if (component.text("LGORT").isEmpty()) {
            stocks.stream().findFirst().ifPresent(stock -> Fields.derive(component, stock, "LGORT"));
        } else if (stocks.stream().noneMatch(stock -> stock.text("LGORT").equals(component.text("LGORT")))) {
            throw Materials.notKept(component, "LGORT");
        }
    }

    private static void operation(Change change, Row component) {
        var wanted = Fields.chosen(component, "VORNR");
        if (wanted.isEmpty()) {
            change.under(IcwpModel.OPERATION, component.text("AUFNR")).stream()
                    .findFirst()
                    .ifPresent(first -> Fields.derive(component, first, "VORNR"));
        } else {
            component.set("VORNR", wanted);
            Lookups.referred(change, IcwpModel.OPERATION, "VORNR", component.text("AUFNR"), wanted, "");
        }
    }

    private static void check(Row component) {
        Materials.quantity(component, "BDMNG");
        Fields.flags(component, "KZEAR");
    }

    static Row update(Change change, Row component, Map<String, @Nullable Object> given) {
        change.requires("IW32");
        var order = Orders.open(change, component.text("AUFNR"));
        var different = Fields.alter(component, given);
        if (different.isEmpty()) {
            return component;
        }
        StatusNetwork.ORDER.requires(order, Step.CHANGE);
        Fields.keeps(component, different, "BDMNG");
        check(component);
        if (different.contains("LGORT")) {
            location(change, component);
        }
        if (different.contains("BDMNG") && !different.contains("KZEAR")) {
            reckon(component);
        }
        return change.put(component);
    }

    /** Whether all that was wanted has been withdrawn. */
    static void reckon(Row component) {
        boolean full = component.decimal("ENMNG").compareTo(component.decimal("BDMNG")) >= 0;
        component.set("KZEAR", full ? "X" : null);
    }

    static void delete(Change change, Row component) {
        change.requires("IW32");
        var order = Orders.open(change, component.text("AUFNR"));
        StatusNetwork.ORDER.requires(order, Step.CHANGE);
        if (component.decimal("ENMNG").signum() != 0) {
            throw Refusal.business(
                    "CO/463",
                    "Component " + component.text("RSPOS") + " cannot be deleted: "
                            + Fields.shown(component.decimal("ENMNG")) + " " + component.text("MEINS")
                            + " have been withdrawn",
                    "ENMNG");
        }
        change.delete(component);
        if (change.under(IcwpModel.COMPONENT, component.text("RSNUM")).isEmpty()) {
            SystemStatuses.set(order, Set.of(), "NMAT");
        }
        Orders.keep(change, order);
    }
}
