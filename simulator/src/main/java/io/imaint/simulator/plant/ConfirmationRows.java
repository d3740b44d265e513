package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import org.jspecify.annotations.Nullable;

/** The generated confirmations: one or two of each confirmed operation. */
final class ConfirmationRows extends RowMaker {
    private static final int RUECK = IcwpModel.CONFIRMATION.place("RUECK");
    private static final int RMZHL = IcwpModel.CONFIRMATION.place("RMZHL");
    private static final int AUFNR = IcwpModel.CONFIRMATION.place("AUFNR");
    private static final int VORNR = IcwpModel.CONFIRMATION.place("VORNR");
    private static final int UVORN = IcwpModel.CONFIRMATION.place("UVORN");
    private static final int AUERU = IcwpModel.CONFIRMATION.place("AUERU");
    private static final int ISMNW = IcwpModel.CONFIRMATION.place("ISMNW");
    private static final int ISMNU = IcwpModel.CONFIRMATION.place("ISMNU");
    private static final int OFMNW = IcwpModel.CONFIRMATION.place("OFMNW");
    private static final int ARBPL = IcwpModel.CONFIRMATION.place("ARBPL");
    private static final int WERKS = IcwpModel.CONFIRMATION.place("WERKS");
    private static final int PERNR = IcwpModel.CONFIRMATION.place("PERNR");
    private static final int LEARR = IcwpModel.CONFIRMATION.place("LEARR");
    private static final int BUDAT = IcwpModel.CONFIRMATION.place("BUDAT");
    private static final int ISDD = IcwpModel.CONFIRMATION.place("ISDD");
    private static final int ISDZ = IcwpModel.CONFIRMATION.place("ISDZ");
    private static final int IEDD = IcwpModel.CONFIRMATION.place("IEDD");
    private static final int IEDZ = IcwpModel.CONFIRMATION.place("IEDZ");
    private static final int GRUND = IcwpModel.CONFIRMATION.place("GRUND");
    private static final int LTXA1 = IcwpModel.CONFIRMATION.place("LTXA1");
    private static final int STOKZ = IcwpModel.CONFIRMATION.place("STOKZ");
    private static final int STZHL = IcwpModel.CONFIRMATION.place("STZHL");
    private static final int ERNAM = IcwpModel.CONFIRMATION.place("ERNAM");
    private static final int ERSDA = IcwpModel.CONFIRMATION.place("ERSDA");
    private static final int ERZET = IcwpModel.CONFIRMATION.place("ERZET");
    private static final int CHANGEDAT = IcwpModel.CONFIRMATION.place("CHANGEDAT");

    private final ConfirmationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ConfirmationRows(Company company) {
        super(company);
        this.facts = new ConfirmationFacts(company);
        this.tally = company.tally(IcwpModel.CONFIRMATION);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.CONFIRMATION));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        return part == 0 ? Company.confirmation(facts.operation.index) : Digits.of(facts.part + 1L, 8);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OperationFacts operation = facts.operation;
        row[RUECK] = Company.confirmation(operation.index);
        row[RMZHL] = Digits.of(facts.part + 1L, 8);
        row[AUFNR] = Company.orderNumber(operation.order.order);
        row[VORNR] = operation.number();
        row[UVORN] = null;
        row[AUERU] = facts.complete() ? "X" : null;
        row[ISMNW] = Days.hours(facts.tenths);
        row[ISMNU] = "H";
        row[OFMNW] = Days.hours(facts.openTenths);
        row[ARBPL] = operation.workCenter();
        row[WERKS] = operation.order.plant().werks();
        row[PERNR] = operation.external ? null : operation.person();
        row[LEARR] = operation.activityType();
        row[GRUND] = null;
        row[LTXA1] = operation.text;
        row[STOKZ] = null;
        row[STZHL] = null;
        row[ERNAM] = company.user(Roll.CHANGER, operation.order.order);
        fillTimes(row);
    }

    private void fillTimes(@Nullable Object[] row) {
        row[BUDAT] = Days.date(facts.day);
        row[ISDD] = row[BUDAT];
        row[IEDD] = row[BUDAT];
        row[ERSDA] = row[BUDAT];
        row[ISDZ] = Days.time(facts.beginMinute);
        row[IEDZ] = Days.time(facts.endMinute);
        row[ERZET] = row[IEDZ];
        row[CHANGEDAT] = Days.instant(facts.day, facts.endMinute * 60);
    }
}
