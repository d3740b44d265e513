package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated items of notifications: each has one, which says what part is damaged how. */
final class NotificationItemRows extends RowMaker {

    static final String ITEM = "0001";

    private final NotificationFacts facts;

    NotificationItemRows(Company company) {
        super(IcwpModel.NOTIFICATION_ITEM, company);
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
    void fill(long index, RowValues row) {
        facts.roll(index);
        Tables.Fault fault = facts.fault;
        row.put("QMNUM", Company.notificationNumber(index));
        row.put("FENUM", ITEM);
        row.put("FETXT", fault.symptom());
        row.put("FEKAT", fault.damage().catalog());
        row.put("FEGRP", fault.damage().group());
        row.put("FECOD", fault.damage().code());
        row.put("OTKAT", fault.part().catalog());
        row.put("OTGRP", fault.part().group());
        row.put("OTEIL", fault.part().code());
        row.put("ERDAT", Days.date(facts.noticed));
        row.put("AEDAT", null);
        row.put("CHANGEDAT", Days.instant(facts.noticed, NotificationFacts.WRITTEN_AT));
    }
}
