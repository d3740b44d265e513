package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated activities of notifications: what was done for those that are completed. */
final class ActivityRows extends RowMaker {

    private static final Customizing.Code TEST = Customizing.code("A", "AC-GEN", "TEST");

    private final NotificationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ActivityRows(Company company) {
        super(IcwpModel.ACTIVITY, company);
        this.facts = new NotificationFacts(company);
        this.tally = company.tally(IcwpModel.ACTIVITY);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.ACTIVITY));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        return part == 0 ? Company.notificationNumber(walk.parent()) : Digits.of(walk.child() + 1L, 4);
    }

    @Override
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent());
        Customizing.Code code = walk.child() == 0 ? facts.fault.activity() : TEST;
        row.put("QMNUM", Company.notificationNumber(walk.parent()));
        row.put("ACNUM", Digits.of(walk.child() + 1L, 4));
        row.put("FENUM", NotificationItemRows.ITEM);
        row.put("MATXT", walk.child() == 0 ? facts.fault.action() : "Function test after the repair");
        row.put("MNKAT", code.catalog());
        row.put("MNGRP", code.group());
        row.put("MNCOD", code.code());
        row.put("PSTER", Days.date(facts.changed));
        row.put("PETER", row.get("PSTER"));
        row.put("ERDAT", row.get("PSTER"));
        row.put("AEDAT", null);
        row.put("CHANGEDAT", Days.instant(facts.changed, NotificationFacts.WRITTEN_AT));
    }
}
