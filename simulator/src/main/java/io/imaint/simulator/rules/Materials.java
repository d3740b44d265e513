package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.Map;

/** Materials and what of them lies in a storage location. */
final class Materials {
    private static final int DECIMALS = 3;
    /** The most that thirteen digits with three after the point hold. */
    private static final BigDecimal STOCK_MAX = new BigDecimal("9999999999.999");

    private Materials() {}

    /** The material of a row, which must exist, be in use and be counted in the row's unit, its base unit. */
    static Row usable(Change change, Row row) {
        var material = Lookups.referred(change, IcwpModel.MATERIAL, "MATNR", row.text("MATNR"));
        if (material.flag("LVORM")) {
            throw Refusal.business(
                    "M3/306", "Material " + Fields.shown(row.text("MATNR")) + " is marked for deletion", "MATNR");
        }
        Fields.derive(row, material, "MEINS");
        if (!row.text("MEINS").equals(material.text("MEINS"))) {
            throw Refusal.business(
                    "M7/305",
                    "Unit " + row.text("MEINS") + " is not defined for material " + Fields.shown(row.text("MATNR"))
                            + "; use " + material.text("MEINS"),
                    "MEINS");
        }
        return material;
    }

    static void quantity(Row row, String property) {
        var quantity = row.decimal(property);
        if (quantity.signum() <= 0) {
            throw Refusal.business("M7/017", "Enter a quantity greater than zero", property);
        }
        if (quantity.stripTrailingZeros().scale() > DECIMALS) {
            throw Refusal.business(
                    "M7/018", "Quantity " + Fields.shown(quantity) + " has more than 3 decimals", property);
        }
    }

    static Refusal notKept(Row row, String field) {
        return Refusal.business(
                "M3/351",
                "Material " + Fields.shown(row.text("MATNR")) + " is not maintained in plant " + row.text("WERKS")
                        + " storage location " + row.text(field),
                field);
    }

    /** Takes a quantity out of a storage location. */
    static void take(Change change, Row movement, String location) {
        var stock = change.find(
                        IcwpModel.STOCK, movement.text("MATNR"), movement.text("WERKS"), movement.text(location))
                .orElseThrow(() -> notKept(movement, location));
        var left = stock.decimal("LABST").subtract(movement.decimal("MENGE"));
        if (left.signum() < 0) {
            throw Refusal.business(
                    "M7/021",
                    "Deficit of SL Unrestricted-use " + Fields.shown(left.negate()) + " " + movement.text("MEINS")
                            + " : " + Fields.shown(movement.text("MATNR")) + " " + movement.text("WERKS") + " "
                            + movement.text(location),
                    "MENGE");
        }
        change.put(stock.set("LABST", left));
    }

    /** Puts a quantity into a storage location; the first of a material that comes to a place is entered there. */
    static void add(Change change, Row movement, String location) {
        var place = movement.text(location);
        var stock = change.find(IcwpModel.STOCK, movement.text("MATNR"), movement.text("WERKS"), place)
                .orElseGet(() -> newStock(change, movement, location));
        var sum = stock.decimal("LABST").add(movement.decimal("MENGE"));
        if (sum.compareTo(STOCK_MAX) > 0) {
            throw Refusal.business("M7/019", "Stock would exceed " + STOCK_MAX, "MENGE");
        }
        change.put(stock.set("LABST", sum));
    }

    /** A storage location exists if anything is kept there, since the service has no table of them. */
    private static Row newStock(Change change, Row movement, String location) {
        Map<String, Object> place = Map.of("WERKS", movement.text("WERKS"), "LGORT", movement.text(location));
        if (change.having(IcwpModel.STOCK, place).findFirst().isEmpty()) {
            throw Refusal.business(
                    "M7/002",
                    "Storage location " + movement.text(location) + " does not exist in plant "
                            + movement.text("WERKS"),
                    location);
        }
        return Row.of(IcwpModel.STOCK)
                .set("MATNR", movement.text("MATNR"))
                .set("WERKS", movement.text("WERKS"))
                .set("LGORT", movement.text(location))
                .set("MEINS", movement.text("MEINS"))
                .set("LABST", BigDecimal.ZERO);
    }
}
