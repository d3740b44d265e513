package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measurement documents (IK11, IK12).
 *
 * <p>A counter only goes up. Three things are told apart when a reading is lower than the one before it:
 *
 * <pre>
 *   READG      120     180     5 (EXCHG)    30      9990      20         15
 *              first   +60     exchanged    +25     +9960     +30        refused
 *   CDIFF      –        60     0            25      9960      30
 *   CNTRR      120     180     180          205     10165     10195
 *                                                             └─ overflow at CJUMP 10000
 * </pre>
 *
 * An overflow is believed where it is the shorter way from one reading to the next; else a slip of the pen would count
 * as nearly a whole round.
 */
final class MeasurementDocuments {
    /** Who enters a document by this service is no person at a screen: SAP's origin A. */
    private static final String BY_INTERFACE = "A";

    private MeasurementDocuments() {}

    static Row create(Change change, Draft draft) {
        change.requires("IK11");
        var document = draft.row();
        Fields.numberedBySap(document, "MDOCM");
        Fields.requires(document, "POINT");
        var point = Lookups.referred(change, IcwpModel.MEASURING_POINT, "POINT", document.text("POINT"));
        Lookups.unlocked(change, point);
        if (!point.text("INACT").isEmpty() || !point.text("LVORM").isEmpty()) {
            throw Refusal.business(
                    "IR/052", "Measuring point " + Fields.shown(document.text("POINT")) + " is inactive", "POINT");
        }
        Fields.flags(document, "EXCHG");
        moment(change, document);
        reading(change, document, point);
        valuation(change, document, point);
        if (!document.text("AUFNR").isEmpty()) {
            Lookups.referred(change, IcwpModel.WORK_ORDER, "AUFNR", document.text("AUFNR"));
        }
        Fields.propose(document, "READR", change.user());
        document.set("MDOCM", change.next(NumberRange.MEASUREMENT_DOCUMENT))
                .set("RECDU", document.number("READG") == null ? null : point.text("MRNGU"))
                .set("CNTRG", point.text("INDCT"))
                .set("GENER", BY_INTERFACE)
                .set("ERNAM", change.user())
                .set("ERDAT", change.today())
                .set("ERUHR", change.now());
        change.put(document);
        if (point.flag("INDCT")) {
            count(change, point, document);
        }
        change.say(SapMessage.success(
                "IR/182", "Measurement document " + Fields.shown(document.text("MDOCM")) + " created"));
        return Lookups.named(change, IcwpModel.MEASUREMENT_DOCUMENT, document.text("MDOCM"));
    }

    private static void moment(Change change, Row document) {
        boolean today = document.date("IDATE") == null || change.today().equals(document.date("IDATE"));
        Fields.propose(document, "IDATE", change.today());
        // Of an earlier day, its end: a reading without a time comes after all others of that day.
        Fields.propose(document, "ITIME", today ? change.now() : LocalTime.of(23, 59, 59));
        var now = LocalDateTime.of(change.today(), change.now());
        if (moment(document).isAfter(now)) {
            throw Refusal.business(
                    "IR/041",
                    "Time of reading is in the future",
                    Objects.equals(document.date("IDATE"), change.today()) ? "ITIME" : "IDATE");
        }
    }

    private static LocalDateTime moment(Row document) {
        var day = document.date("IDATE");
        var time = document.time("ITIME");
        return LocalDateTime.of(day == null ? LocalDate.EPOCH : day, time == null ? LocalTime.MIDNIGHT : time);
    }

    private static void reading(Change change, Row document, Row point) {
        var reading = document.number("READG");
        if (reading == null) {
            if (document.text("VLCOD").isEmpty() || point.flag("INDCT")) {
                throw Refusal.business("IR/061", "Enter a reading or a valuation code", "READG");
            }
            return;
        }
        if (!Double.isFinite(reading)) {
            throw Refusal.business("IR/062", "The reading is no number", "READG");
        }
        document.set("READGI", "X");
        if (point.flag("INDCT") && reading < 0) {
            throw Refusal.business("IR/063", "A counter cannot be read below zero", "READG");
        }
        var low = point.number("MRMIN");
        var high = point.number("MRMAX");
        if ((low != null && reading < low) || (high != null && reading > high)) {
            change.say(SapMessage.warning(
                    "IR/067",
                    "Reading " + reading + " is outside the measurement range " + Objects.toString(low, "") + " to "
                            + Objects.toString(high, ""),
                    "READG"));
        }
    }

    private static void valuation(Change change, Row document, Row point) {
        var group = point.text("CODGR");
        var code = document.text("VLCOD");
        if (code.isEmpty()) {
            // A point without a unit has nothing but its codes to say how it stands.
            if (!group.isEmpty() && point.text("MRNGU").isEmpty()) {
                Fields.requires(document, "VLCOD");
            }
            document.set("CODGR", null);
            return;
        }
        Fields.propose(document, "CODGR", group);
        if (group.isEmpty() || !group.equals(document.text("CODGR"))) {
            throw Refusal.business(
                    "IR/071",
                    "Measuring point " + Fields.shown(point.text("POINT")) + " has no code group "
                            + document.text("CODGR"),
                    "CODGR");
        }
        if (Lookups.known(change, IcwpModel.CATALOG_CODE)) {
            // The point names the group but not its catalog.
            var found = change.under(IcwpModel.CATALOG_CODE).stream()
                    .filter(row -> row.text("CODEGRUPPE").equals(group)
                            && row.text("CODE").equals(code))
                    .filter(row -> !row.flag("INAKTIV"))
                    .findFirst();
            if (found.isEmpty()) {
                throw Refusal.business(
                        "IR/072", "Valuation code " + code + " does not exist in group " + group, "VLCOD");
            }
        }
    }

    /** The readings of a point that count, the oldest first. */
    private static List<Row> readings(Change change, String point) {
        return new ArrayList<>(change.having(IcwpModel.MEASUREMENT_DOCUMENT, Map.of("POINT", point))
                .filter(row -> !row.flag("CANCL") && row.number("READG") != null)
                .sorted(Comparator.comparing((Row row) -> moment(row)).thenComparing(row -> row.text("MDOCM")))
                .toList());
    }

    /** Counts a point's readings anew from one on: the later ones may have counted from another before. */
    private static void count(Change change, Row point, Row from) {
        var readings = readings(change, point.text("POINT"));
        int first = 0;
        while (first < readings.size() && moment(readings.get(first)).isBefore(moment(from))) {
            first++;
        }
        for (int i = first; i < readings.size(); i++) {
            var reading = readings.get(i);
            var before = i == 0 ? null : readings.get(i - 1);
            Double difference = before == null ? null : (Double) difference(point, before, reading);
            Double total = before == null || difference == null
                    ? (Double) value(reading)
                    : (Double) (total(before) + difference);
            if (!Objects.equals(difference, reading.number("CDIFF"))
                    || !Objects.equals(total, reading.number("CNTRR"))) {
                change.put(reading.set("CDIFF", difference).set("CNTRR", total));
            } else if (moment(reading).isAfter(moment(from))) {
                return; // Counts as before, and so do all after it.
            }
        }
    }

    private static double total(Row document) {
        var total = document.number("CNTRR");
        return total == null ? value(document) : total;
    }

    private static double value(Row document) {
        return Objects.requireNonNullElse(document.number("READG"), 0.0);
    }

    /** How far a counter went from one reading to the next. */
    private static double difference(Row point, Row before, Row after) {
        if (after.flag("EXCHG")) {
            return 0;
        }
        double forward = value(after) - value(before);
        if (forward >= 0) {
            return forward;
        }
        var end = point.number("CJUMP");
        double over = end == null ? Double.MAX_VALUE : end + forward;
        if (over < 0 || over >= -forward) {
            throw Refusal.business(
                    "IR/055",
                    "Counter reading " + value(after) + " of " + moment(after) + " is less than " + value(before)
                            + " of " + moment(before),
                    "READG");
        }
        return over;
    }

    static Row update(Change change, Row document, Map<String, @Nullable Object> given) {
        change.requires("IK12");
        var point = Lookups.named(change, IcwpModel.MEASURING_POINT, document.text("POINT"));
        Lookups.unlocked(change, point);
        boolean cancelled = document.flag("CANCL");
        if (Fields.alter(document, given).isEmpty()) {
            return document;
        }
        if (cancelled) {
            throw Refusal.business(
                    "IR/081",
                    "Measurement document " + Fields.shown(document.text("MDOCM")) + " has been cancelled",
                    "CANCL");
        }
        Fields.flags(document, "CANCL");
        change.put(document.set("AEDAT", change.today()));
        if (point.flag("INDCT")) {
            count(change, point, document);
        }
        return document;
    }
}
