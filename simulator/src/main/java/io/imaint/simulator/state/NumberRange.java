package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number range: numbers of one kind of object, given out in ascending order and never twice. */
public enum NumberRange {
    ORDER(IcwpModel.WORK_ORDER, 0),
    NOTIFICATION(IcwpModel.NOTIFICATION, 0),
    EQUIPMENT(IcwpModel.EQUIPMENT, 0),
    MEASUREMENT_DOCUMENT(IcwpModel.MEASUREMENT_DOCUMENT, 0),
    MATERIAL_DOCUMENT(IcwpModel.GOODS_MOVEMENT, 0),
    TIME_SHEET(IcwpModel.TIME_SHEET, 0),
    /** Reservations of orders. */
    RESERVATION,
    /** Routings of orders. */
    ROUTING,
    /** Confirmation numbers of operations. */
    CONFIRMATION,
    /** Originals in document management. */
    DOCUMENT,
    /** Location and account assignment of functional locations. */
    LOCATION;

    /** Where a range begins whose numbers in the plant cannot be looked up: beyond what a plant of any size generates. */
    private static final long BEYOND = 900_000_000;

    private static final int WIDTH = 10;

    private final @Nullable EntitySet set;
    private final int width;

    NumberRange(EntitySet set, int part) {
        this.set = set;
        this.width = set.properties().get(part).length();
    }

    NumberRange() {
        this.set = null;
        this.width = WIDTH;
    }

    String digits(long number) {
        var digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** The last number that the plant uses, found by halving; keys with letters do not count. */
    long lastOf(PlantData plant) {
        if (set == null) {
            return BEYOND;
        }
        long low = 0;
        long high = width >= 18 ? 999_999_999_999_999_999L : Math.round(Math.pow(10, width)) - 1;
        var row = new @Nullable Object[set.properties().size()];
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean beyond = plant.rows(set, List.of(digits(middle))).next(row)
                    && row[0] instanceof String key
                    && key.chars().allMatch(c -> c >= '0' && c <= '9');
            if (beyond) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
