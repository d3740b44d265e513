package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import org.jspecify.annotations.Nullable;

/** The generated time sheets: the hours of some of the confirmations. */
final class TimeSheetRows extends RowMaker {
    private static final int COUNTER = IcwpModel.TIME_SHEET.place("COUNTER");
    private static final int PERNR = IcwpModel.TIME_SHEET.place("PERNR");
    private static final int WORKDATE = IcwpModel.TIME_SHEET.place("WORKDATE");
    private static final int CATSHOURS = IcwpModel.TIME_SHEET.place("CATSHOURS");
    private static final int BEGUZ = IcwpModel.TIME_SHEET.place("BEGUZ");
    private static final int ENDUZ = IcwpModel.TIME_SHEET.place("ENDUZ");
    private static final int MEINH = IcwpModel.TIME_SHEET.place("MEINH");
    private static final int RAUFNR = IcwpModel.TIME_SHEET.place("RAUFNR");
    private static final int VORNR = IcwpModel.TIME_SHEET.place("VORNR");
    private static final int LSTAR = IcwpModel.TIME_SHEET.place("LSTAR");
    private static final int AWART = IcwpModel.TIME_SHEET.place("AWART");
    private static final int LTXA1 = IcwpModel.TIME_SHEET.place("LTXA1");
    private static final int STATUS = IcwpModel.TIME_SHEET.place("STATUS");
    private static final int BELNR = IcwpModel.TIME_SHEET.place("BELNR");
    private static final int REFCOUNTER = IcwpModel.TIME_SHEET.place("REFCOUNTER");
    private static final int ERNAM = IcwpModel.TIME_SHEET.place("ERNAM");
    private static final int ERSDA = IcwpModel.TIME_SHEET.place("ERSDA");
    private static final int LAEDA = IcwpModel.TIME_SHEET.place("LAEDA");
    private static final int LAETM = IcwpModel.TIME_SHEET.place("LAETM");
    private static final int CHANGEDAT = IcwpModel.TIME_SHEET.place("CHANGEDAT");

    /** What one person records of a day at most; the rest of a confirmation was done by others. */
    private static final int TENTHS_MAX = 80;

    private final ConfirmationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    TimeSheetRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OperationFacts operation = facts.operation;
        row[COUNTER] = counter();
        row[PERNR] = operation.person();
        row[WORKDATE] = Days.date(facts.day);
        row[CATSHOURS] = Days.hours(Math.min(facts.tenths, TENTHS_MAX));
        row[BEGUZ] = Days.time(facts.beginMinute);
        row[ENDUZ] = Days.time(facts.endMinute);
        row[MEINH] = "H";
        row[RAUFNR] = Company.orderNumber(operation.order.order);
        row[VORNR] = operation.number();
        row[LSTAR] = operation.discipline;
        row[AWART] = "0800";
        row[LTXA1] = operation.text;
        // 30 is approved.
        row[STATUS] = "30";
        row[BELNR] = Digits.of(operation.index * 2 + facts.part + 1, 10);
        row[REFCOUNTER] = null;
        row[ERNAM] = company.user(Roll.CHANGER, operation.order.order);
        row[ERSDA] = row[WORKDATE];
        row[LAEDA] = null;
        row[LAETM] = null;
        row[CHANGEDAT] = Days.instant(facts.day, facts.endMinute * 60);
    }
}
