package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Working time and who spends it. */
final class WorkTime {
    static final String HOURS = "H";
    private static final String MINUTES = "MIN";
    private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);

    private WorkTime() {}

    static void unit(Row row, String property) {
        var unit = row.text(property);
        if (!unit.equals(HOURS) && !unit.equals(MINUTES)) {
            throw Refusal.business("BM/302", "Unit " + unit + " is not a unit of time; use H or MIN", property);
        }
    }

    /** Working time in another unit, with the one digit after the point that work has. */
    static BigDecimal convert(BigDecimal work, String from, String to) {
        if (from.equals(to)) {
            return work;
        }
        return to.equals(HOURS)
                ? work.divide(MINUTES_PER_HOUR, 1, RoundingMode.HALF_UP)
                : work.multiply(MINUTES_PER_HOUR).setScale(1, RoundingMode.HALF_UP);
    }

    /** That a row's PERNR is somebody, if it is given. */
    static void person(Change change, Row row) {
        var number = row.text("PERNR");
        if (Fields.isZero(number)) {
            row.set("PERNR", null);
        } else {
            Lookups.customized(change, IcwpModel.PERSON, "PERNR", number);
        }
    }
}
