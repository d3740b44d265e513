package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Time sheet records (CAT2).
 *
 * <pre>
 *   10 in process ──► 20 released for approval ──► 30 approved ──► change: 50, and a new record that points back
 *        │  ▲               │                        │
 *        │  └── 40 rejected ◄┘                       │
 *        └──────────────────┴──────────► 60 cancelled ◄
 * </pre>
 *
 * Approval and rejection are not for whoever enters the time, so the service does not offer them.
 */
final class TimeSheets {
    private static final String IN_PROCESS = "10";
    private static final String RELEASED = "20";
    private static final String APPROVED = "30";
    private static final String CHANGED_AFTER_APPROVAL = "50";
    private static final String CANCELLED = "60";
    private static final Set<String> OVER = Set.of(CHANGED_AFTER_APPROVAL, CANCELLED);
    private static final Set<String> ENTERED = Set.of(IN_PROCESS, RELEASED);
    private static final BigDecimal DAY = BigDecimal.valueOf(24);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private TimeSheets() {}

    static Row create(Change change, Draft draft) {
        change.requires("CAT2");
        var record = draft.row();
        Fields.numberedBySap(record, "COUNTER");
        Fields.requires(record, "PERNR", "WORKDATE");
        Lookups.customized(change, IcwpModel.PERSON, "PERNR", record.text("PERNR"));
        Lookups.unlocked(change, IcwpModel.PERSON, record.text("PERNR"));
        Fields.propose(record, "MEINH", WorkTime.HOURS);
        Fields.propose(record, "STATUS", IN_PROCESS);
        if (!ENTERED.contains(record.text("STATUS"))) {
            throw statusRefused(record);
        }
        check(change, record);
        record.set("COUNTER", change.next(NumberRange.TIME_SHEET))
                .set("ERNAM", change.user())
                .set("ERSDA", change.today());
        return keep(change, record);
    }

    private static Row keep(Change change, Row record) {
        return change.put(record.set("LAEDA", change.today()).set("LAETM", change.now()));
    }

    private static Refusal statusRefused(Row record) {
        return Refusal.business(
                "LR/061",
                "Processing status " + record.text("STATUS") + " cannot be set; use 10 (in process), 20 (released) or"
                        + " 60 (cancelled)",
                "STATUS");
    }

    private static void check(Change change, Row record) {
        if (!record.text("MEINH").equals(WorkTime.HOURS)) {
            throw Refusal.business("BM/302", "Enter the time in hours (H)", "MEINH");
        }
        clock(record);
        Fields.requires(record, "CATSHOURS");
        var hours = record.decimal("CATSHOURS");
        if (hours.signum() <= 0 || hours.compareTo(DAY) > 0) {
            throw Refusal.business("LR/013", "Enter more than 0 and at most 24 hours", "CATSHOURS");
        }
        receiver(change, record);
        var sum = others(change, record).add(hours);
        if (sum.compareTo(DAY) > 0) {
            throw Refusal.business(
                    "LR/014",
                    "Personnel number " + Fields.shown(record.text("PERNR")) + " would have " + Fields.shown(sum)
                            + " hours on one day",
                    "CATSHOURS");
        }
    }

    /** From begin and end follow the hours, if they were not given. */
    private static void clock(Row record) {
        var begin = record.time("BEGUZ");
        var end = record.time("ENDUZ");
        if (begin == null || end == null) {
            return;
        }
        if (!end.isAfter(begin)) {
            throw Refusal.business("LR/015", "End time " + end + " is not after start time " + begin, "ENDUZ");
        }
        var seconds = BigDecimal.valueOf(Duration.between(begin, end).toSeconds());
        Fields.propose(record, "CATSHOURS", seconds.divide(SECONDS_PER_HOUR, 2, RoundingMode.HALF_UP));
    }

    private static void receiver(Change change, Row record) {
        if (record.text("RAUFNR").isEmpty()) {
            if (!record.text("VORNR").isEmpty() || record.text("AWART").isEmpty()) {
                throw Refusal.business("LR/016", "Enter a receiver order or an attendance type", "RAUFNR");
            }
            return;
        }
        var order = Lookups.referred(change, IcwpModel.WORK_ORDER, "RAUFNR", record.text("RAUFNR"));
        StatusNetwork.ORDER.requires(order, Step.BOOK_TIME);
        var operation = Fields.chosen(record, "VORNR");
        if (!operation.isEmpty()) {
            record.set("VORNR", operation);
            Lookups.referred(change, IcwpModel.OPERATION, "VORNR", record.text("RAUFNR"), operation, "");
        }
    }

    /** The hours of the same person on the same day in other records that count. */
    private static BigDecimal others(Change change, Row record) {
        Object day = Objects.requireNonNullElse(record.date("WORKDATE"), LocalDate.EPOCH);
        return change.having(IcwpModel.TIME_SHEET, Map.of("PERNR", record.text("PERNR"), "WORKDATE", day))
                .filter(other -> !other.key().equals(record.key()) && !OVER.contains(other.text("STATUS")))
                .map(other -> other.decimal("CATSHOURS"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static Row update(Change change, Row record, Map<String, @Nullable Object> given) {
        change.requires("CAT2");
        Lookups.unlocked(change, IcwpModel.PERSON, record.text("PERNR"));
        var before = record.copy();
        var different = Fields.alter(record, given);
        if (different.isEmpty()) {
            return record;
        }
        var status = before.text("STATUS");
        if (OVER.contains(status)) {
            throw Refusal.business(
                    "LR/062",
                    "Record " + Fields.shown(record.text("COUNTER"))
                            + (status.equals(CANCELLED) ? " has been cancelled" : " has been replaced by another"),
                    "STATUS");
        }
        if (record.text("STATUS").equals(CANCELLED)) {
            return cancel(change, record, different);
        }
        Fields.keeps(record, different, "WORKDATE");
        if (status.equals(APPROVED)) {
            return replace(change, before, record, different);
        }
        if (!different.contains("STATUS") && !ENTERED.contains(status)) {
            record.set("STATUS", IN_PROCESS); // What was rejected and mended is in process again.
        }
        if (!ENTERED.contains(record.text("STATUS"))) {
            throw statusRefused(record);
        }
        check(change, record);
        return keep(change, record);
    }

    private static Row cancel(Change change, Row record, Set<String> different) {
        if (different.size() > 1) {
            throw Refusal.business("LR/063", "A record is cancelled as it is; change nothing else", "STATUS");
        }
        return keep(change, record);
    }

    /** What was approved stays to be seen: a new record takes its place. */
    private static Row replace(Change change, Row approved, Row wanted, Set<String> different) {
        if (different.contains("STATUS") && !ENTERED.contains(wanted.text("STATUS"))) {
            throw statusRefused(wanted);
        }
        if (!different.contains("STATUS")) {
            wanted.set("STATUS", RELEASED);
        }
        keep(change, approved.set("STATUS", CHANGED_AFTER_APPROVAL));
        wanted.set("REFCOUNTER", approved.text("COUNTER"))
                .set("COUNTER", change.next(NumberRange.TIME_SHEET))
                .set("EXTID", null)
                .set("BELNR", null)
                .set("ERNAM", change.user())
                .set("ERSDA", change.today());
        check(change, wanted);
        return keep(change, wanted);
    }
}
