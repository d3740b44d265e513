package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import java.time.LocalDate;
import java.util.Optional;

/** What the priority of a notification or an order means: how soon the work starts and ends. */
final class Priorities {
    private Priorities() {}

    /** Checks a row's PRIOK against its priority type and proposes the dates that follow from it, counted from a day. */
    static void apply(Change change, Row row, LocalDate from, String start, String end) {
        Optional<Row> priority = row.text("PRIOK").isEmpty()
                ? Optional.empty()
                : Lookups.customized(change, IcwpModel.PRIORITY, "PRIOK", row.text("ARTPR"), row.text("PRIOK"));
        var first = from.plusDays(priority.map(known -> days(known, "TAGBN")).orElse(0));
        var last = from.plusDays(priority.map(known -> days(known, "TAGEN")).orElse(0));
        var wantedStart = row.date(start);
        var wantedEnd = row.date(end);
        // A date that was given draws the proposed one with it, so that only two given ones can contradict.
        Fields.propose(row, start, wantedEnd != null && wantedEnd.isBefore(first) ? wantedEnd : first);
        Fields.propose(row, end, wantedStart != null && wantedStart.isAfter(last) ? wantedStart : last);
        Fields.inOrder(row, start, end);
    }

    private static int days(Row priority, String property) {
        return priority.value(property) instanceof Integer days ? days : 0;
    }
}
