package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;

/** The generated tasks of notifications: up to three for some; none is open once the notification is completed. */
final class TaskRows extends RowMaker {

    private final NotificationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;
    private final List<Customizing.Code> codes = Customizing.codes("2", "TK-GEN");

    TaskRows(Company company) {
        super(IcwpModel.TASK, company);
        this.facts = new NotificationFacts(company);
        this.tally = company.tally(IcwpModel.TASK);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.TASK));
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
        Customizing.Code code = codes.get(company.dice.below(Roll.TASK_CODE, index, codes.size()));
        row.put("QMNUM", Company.notificationNumber(walk.parent()));
        row.put("MANUM", Digits.of(walk.child() + 1L, 4));
        row.put("FENUM", NotificationItemRows.ITEM);
        row.put("MATXT", code.text());
        row.put("MNKAT", code.catalog());
        row.put("MNGRP", code.group());
        row.put("MNCOD", code.code());
        row.put("PSTER", Days.date(facts.noticed));
        row.put("PETER", Days.date(facts.noticed + NotificationRows.DUE_DAYS[facts.priority - 1]));
        row.put("PARNR", company.user(Roll.CHANGER, walk.parent()));
        row.put("ERDAT", Days.date(facts.noticed));
        boolean done = fillStatus(row);
        int changed = done ? facts.changed : facts.noticed;
        row.put("ERLNAM", done ? row.get("PARNR") : null);
        row.put("ERLDAT", Days.dateIf(done, changed));
        row.put("AEDAT", row.get("ERLDAT"));
        row.put("CHANGEDAT", Days.instant(changed, NotificationFacts.WRITTEN_AT));
    }

    /** Of a notification in process, the first task is done. */
    private boolean fillStatus(RowValues row) {
        row.put(
                "STATUSES",
                switch (facts.phase) {
                    case OUTSTANDING -> "TSOS";
                    case IN_PROCESS -> walk.child() == 0 ? "TSCO" : walk.child() == 1 ? "TSRL" : "TSOS";
                    case COMPLETED -> "TSCO";
                });
        return "TSCO".equals(row.get("STATUSES"));
    }
}
