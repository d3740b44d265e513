package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated items of notifications: each has one, which says what part is damaged how. */
final class NotificationItemRows extends RowMaker {
    private static final int QMNUM = IcwpModel.NOTIFICATION_ITEM.place("QMNUM");
    private static final int FENUM = IcwpModel.NOTIFICATION_ITEM.place("FENUM");
    private static final int FETXT = IcwpModel.NOTIFICATION_ITEM.place("FETXT");
    private static final int FEKAT = IcwpModel.NOTIFICATION_ITEM.place("FEKAT");
    private static final int FEGRP = IcwpModel.NOTIFICATION_ITEM.place("FEGRP");
    private static final int FECOD = IcwpModel.NOTIFICATION_ITEM.place("FECOD");
    private static final int OTKAT = IcwpModel.NOTIFICATION_ITEM.place("OTKAT");
    private static final int OTGRP = IcwpModel.NOTIFICATION_ITEM.place("OTGRP");
    private static final int OTEIL = IcwpModel.NOTIFICATION_ITEM.place("OTEIL");
    private static final int ERDAT = IcwpModel.NOTIFICATION_ITEM.place("ERDAT");
    private static final int AEDAT = IcwpModel.NOTIFICATION_ITEM.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.NOTIFICATION_ITEM.place("CHANGEDAT");

    static final String ITEM = "0001";

    private final NotificationFacts facts;

    NotificationItemRows(Company company) {
        super(company);
        this.facts = new NotificationFacts(company);
    }

    @Override
    public long count() {
        return company.notifications();
    }

    @Override
    public String key(long index, int part) {
        return part == 0 ? Company.notificationNumber(index) : ITEM;
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        facts.roll(index);
        Tables.Fault fault = facts.fault;
        row[QMNUM] = Company.notificationNumber(index);
        row[FENUM] = ITEM;
        row[FETXT] = fault.symptom();
        row[FEKAT] = fault.damage().catalog();
        row[FEGRP] = fault.damage().group();
        row[FECOD] = fault.damage().code();
        row[OTKAT] = fault.part().catalog();
        row[OTGRP] = fault.part().group();
        row[OTEIL] = fault.part().code();
        row[ERDAT] = Days.date(facts.noticed);
        row[AEDAT] = null;
        row[CHANGEDAT] = Days.instant(facts.noticed, NotificationFacts.WRITTEN_AT);
    }
}
