package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generated tasks of notifications: up to three for some; none is open once the notification is completed. */
final class TaskRows extends RowMaker {
    private static final int QMNUM = IcwpModel.TASK.place("QMNUM");
    private static final int MANUM = IcwpModel.TASK.place("MANUM");
    private static final int FENUM = IcwpModel.TASK.place("FENUM");
    private static final int MATXT = IcwpModel.TASK.place("MATXT");
    private static final int MNKAT = IcwpModel.TASK.place("MNKAT");
    private static final int MNGRP = IcwpModel.TASK.place("MNGRP");
    private static final int MNCOD = IcwpModel.TASK.place("MNCOD");
    private static final int PSTER = IcwpModel.TASK.place("PSTER");
    private static final int PETER = IcwpModel.TASK.place("PETER");
    private static final int PARNR = IcwpModel.TASK.place("PARNR");
    private static final int ERLNAM = IcwpModel.TASK.place("ERLNAM");
    private static final int ERLDAT = IcwpModel.TASK.place("ERLDAT");
    private static final int STATUSES = IcwpModel.TASK.place("STATUSES");
    private static final int ERDAT = IcwpModel.TASK.place("ERDAT");
    private static final int AEDAT = IcwpModel.TASK.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.TASK.place("CHANGEDAT");

    private final NotificationFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;
    private final List<Customizing.Code> codes = Customizing.codes("2", "TK-GEN");

    TaskRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent());
        Customizing.Code code = codes.get(company.dice.below(Roll.TASK_CODE, index, codes.size()));
        row[QMNUM] = Company.notificationNumber(walk.parent());
        row[MANUM] = Digits.of(walk.child() + 1L, 4);
        row[FENUM] = NotificationItemRows.ITEM;
        row[MATXT] = code.text();
        row[MNKAT] = code.catalog();
        row[MNGRP] = code.group();
        row[MNCOD] = code.code();
        row[PSTER] = Days.date(facts.noticed);
        row[PETER] = Days.date(facts.noticed + NotificationRows.DUE_DAYS[facts.priority - 1]);
        row[PARNR] = company.user(Roll.CHANGER, walk.parent());
        row[ERDAT] = Days.date(facts.noticed);
        boolean done = fillStatus(row);
        int changed = done ? facts.changed : facts.noticed;
        row[ERLNAM] = done ? row[PARNR] : null;
        row[ERLDAT] = Days.dateIf(done, changed);
        row[AEDAT] = row[ERLDAT];
        row[CHANGEDAT] = Days.instant(changed, NotificationFacts.WRITTEN_AT);
    }

    /** Of a notification in process, the first task is done. */
    private boolean fillStatus(@Nullable Object[] row) {
        row[STATUSES] = switch (facts.phase) {
            case OUTSTANDING -> "TSOS";
            case IN_PROCESS -> walk.child() == 0 ? "TSCO" : walk.child() == 1 ? "TSRL" : "TSOS";
            case COMPLETED -> "TSCO";
        };
        return "TSCO".equals(row[STATUSES]);
    }
}
