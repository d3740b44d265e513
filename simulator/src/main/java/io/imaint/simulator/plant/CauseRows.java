package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated causes of damage: one for each item. */
final class CauseRows extends RowMaker {

    static final String CAUSE = "0001";

    private final NotificationFacts facts;

    CauseRows(Company company) {
        super(IcwpModel.CAUSE, company);
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
    void fill(long index, RowValues row) {
        facts.roll(index);
        Customizing.Code cause = facts.fault.cause();
        row.put("QMNUM", Company.notificationNumber(index));
        row.put("FENUM", NotificationItemRows.ITEM);
        row.put("URNUM", CAUSE);
        row.put("URTXT", cause.text());
        row.put("URKAT", cause.catalog());
        row.put("URGRP", cause.group());
        row.put("URCOD", cause.code());
        row.put("ERDAT", Days.date(facts.settled()));
        row.put("AEDAT", null);
        row.put("CHANGEDAT", Days.instant(facts.settled(), NotificationFacts.WRITTEN_AT));
    }
}
