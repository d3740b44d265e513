package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated activities of notifications: what was done for those that are completed. */
final class ActivityRows extends RowMaker {
    private static final int QMNUM = IcwpModel.ACTIVITY.place("QMNUM");
    private static final int ACNUM = IcwpModel.ACTIVITY.place("ACNUM");
    private static final int FENUM = IcwpModel.ACTIVITY.place("FENUM");
    private static final int MATXT = IcwpModel.ACTIVITY.place("MATXT");
    private static final int MNKAT = IcwpModel.ACTIVITY.place("MNKAT");
    private static final int MNGRP = IcwpModel.ACTIVITY.place("MNGRP");
    private static final int MNCOD = IcwpModel.ACTIVITY.place("MNCOD");
    private static final int PSTER = IcwpModel.ACTIVITY.place("PSTER");
    private static final int PETER = IcwpModel.ACTIVITY.place("PETER");
    private static final int ERDAT = IcwpModel.ACTIVITY.place("ERDAT");
    private static final int AEDAT = IcwpModel.ACTIVITY.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.ACTIVITY.place("CHANGEDAT");

    private static final Customizing.Code TEST = Customizing.code("A", "AC-GEN", "TEST");

    private final NotificationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ActivityRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent());
        Customizing.Code code = walk.child() == 0 ? facts.fault.activity() : TEST;
        row[QMNUM] = Company.notificationNumber(walk.parent());
        row[ACNUM] = Digits.of(walk.child() + 1L, 4);
        row[FENUM] = NotificationItemRows.ITEM;
        row[MATXT] = walk.child() == 0 ? facts.fault.action() : "Function test after the repair";
        row[MNKAT] = code.catalog();
        row[MNGRP] = code.group();
        row[MNCOD] = code.code();
        row[PSTER] = Days.date(facts.changed);
        row[PETER] = row[PSTER];
        row[ERDAT] = row[PSTER];
        row[AEDAT] = null;
        row[CHANGEDAT] = Days.instant(facts.changed, NotificationFacts.WRITTEN_AT);
    }
}
