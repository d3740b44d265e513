package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated causes of damage: one for each item. */
final class CauseRows extends RowMaker {
    private static final int QMNUM = IcwpModel.CAUSE.place("QMNUM");
    private static final int FENUM = IcwpModel.CAUSE.place("FENUM");
    private static final int URNUM = IcwpModel.CAUSE.place("URNUM");
    private static final int URTXT = IcwpModel.CAUSE.place("URTXT");
    private static final int URKAT = IcwpModel.CAUSE.place("URKAT");
    private static final int URGRP = IcwpModel.CAUSE.place("URGRP");
    private static final int URCOD = IcwpModel.CAUSE.place("URCOD");
    private static final int ERDAT = IcwpModel.CAUSE.place("ERDAT");
    private static final int AEDAT = IcwpModel.CAUSE.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.CAUSE.place("CHANGEDAT");

    static final String CAUSE = "0001";

    private final NotificationFacts facts;

    CauseRows(Company company) {
        super(company);
        this.facts = new NotificationFacts(company);
    }

    @Override
    public long count() {
        return company.notifications();
    }

    @Override
    public String key(long index, int part) {
        return switch (part) {
            case 0 -> Company.notificationNumber(index);
            case 1 -> NotificationItemRows.ITEM;
            default -> CAUSE;
        };
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        facts.roll(index);
        Customizing.Code cause = facts.fault.cause();
        row[QMNUM] = Company.notificationNumber(index);
        row[FENUM] = NotificationItemRows.ITEM;
        row[URNUM] = CAUSE;
        row[URTXT] = cause.text();
        row[URKAT] = cause.catalog();
        row[URGRP] = cause.group();
        row[URCOD] = cause.code();
        row[ERDAT] = Days.date(facts.settled());
        row[AEDAT] = null;
        row[CHANGEDAT] = Days.instant(facts.settled(), NotificationFacts.WRITTEN_AT);
    }
}
