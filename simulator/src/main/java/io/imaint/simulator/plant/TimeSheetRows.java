package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;

/** The generated time sheets: the hours of some of the confirmations. */
final class TimeSheetRows extends RowMaker {

    /** What one person records of a day at most; the rest of a confirmation was done by others. */
    private static final int TENTHS_MAX = 80;

    private final ConfirmationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    TimeSheetRows(Company company) {
        super(IcwpModel.TIME_SHEET, company);
        this.facts = new ConfirmationFacts(company);
        this.tally = company.tally(IcwpModel.TIME_SHEET);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.TIME_SHEET));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        return counter();
    }

    /** Of each operation, two numbers are set aside for its confirmations. */
    private String counter() {
        return Digits.of(facts.operation.index * 2 + facts.part + 1, 12);
    }

    @Override
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OperationFacts operation = facts.operation;
        row.put("COUNTER", counter());
        row.put("PERNR", operation.person());
        row.put("WORKDATE", Days.date(facts.day));
        row.put("CATSHOURS", Days.hours(Math.min(facts.tenths, TENTHS_MAX)));
        row.put("BEGUZ", Days.time(facts.beginMinute));
        row.put("ENDUZ", Days.time(facts.endMinute));
        row.put("MEINH", "H");
        row.put("RAUFNR", Company.orderNumber(operation.order.order));
        row.put("VORNR", operation.number());
        row.put("LSTAR", operation.discipline);
        row.put("AWART", "0800");
        row.put("LTXA1", operation.text);
        // 30 is approved.
        row.put("STATUS", "30");
        row.put("BELNR", Digits.of(operation.index * 2 + facts.part + 1, 10));
        row.put("REFCOUNTER", null);
        row.put("ERNAM", company.user(Roll.CHANGER, operation.order.order));
        row.put("ERSDA", row.get("WORKDATE"));
        row.put("LAEDA", null);
        row.put("LAETM", null);
        row.put("CHANGEDAT", Days.instant(facts.day, facts.endMinute * 60));
    }
}
