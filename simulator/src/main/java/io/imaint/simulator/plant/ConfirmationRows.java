package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;

/** The generated confirmations: one or two of each confirmed operation. */
final class ConfirmationRows extends RowMaker {

    private final ConfirmationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ConfirmationRows(Company company) {
        super(IcwpModel.CONFIRMATION, company);
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
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OperationFacts operation = facts.operation;
        row.put("RUECK", Company.confirmation(operation.index));
        row.put("RMZHL", Digits.of(facts.part + 1L, 8));
        row.put("AUFNR", Company.orderNumber(operation.order.order));
        row.put("VORNR", operation.number());
        row.put("UVORN", null);
        row.put("AUERU", facts.complete() ? "X" : null);
        row.put("ISMNW", Days.hours(facts.tenths));
        row.put("ISMNU", "H");
        row.put("OFMNW", Days.hours(facts.openTenths));
        row.put("ARBPL", operation.workCenter());
        row.put("WERKS", operation.order.plant().werks());
        row.put("PERNR", operation.external ? null : operation.person());
        row.put("LEARR", operation.activityType());
        row.put("GRUND", null);
        row.put("LTXA1", operation.text);
        row.put("STOKZ", null);
        row.put("STZHL", null);
        row.put("ERNAM", company.user(Roll.CHANGER, operation.order.order));
        fillTimes(row);
    }

    private void fillTimes(RowValues row) {
        row.put("BUDAT", Days.date(facts.day));
        row.put("ISDD", row.get("BUDAT"));
        row.put("IEDD", row.get("BUDAT"));
        row.put("ERSDA", row.get("BUDAT"));
        row.put("ISDZ", Days.time(facts.beginMinute));
        row.put("IEDZ", Days.time(facts.endMinute));
        row.put("ERZET", row.get("IEDZ"));
        row.put("CHANGEDAT", Days.instant(facts.day, facts.endMinute * 60));
    }
}
