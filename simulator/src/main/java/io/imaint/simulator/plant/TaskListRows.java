package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated task lists. */
final class TaskListRows extends RowMaker {
    private static final int PLNTY = IcwpModel.TASK_LIST.place("PLNTY");
    private static final int PLNNR = IcwpModel.TASK_LIST.place("PLNNR");
    private static final int PLNAL = IcwpModel.TASK_LIST.place("PLNAL");
    private static final int KTEXT = IcwpModel.TASK_LIST.place("KTEXT");
    private static final int WERKS = IcwpModel.TASK_LIST.place("WERKS");
    private static final int VERWE = IcwpModel.TASK_LIST.place("VERWE");
    private static final int STATU = IcwpModel.TASK_LIST.place("STATU");
    private static final int ARBPL = IcwpModel.TASK_LIST.place("ARBPL");
    private static final int EQUNR = IcwpModel.TASK_LIST.place("EQUNR");
    private static final int TPLNR = IcwpModel.TASK_LIST.place("TPLNR");
    private static final int VAGRP = IcwpModel.TASK_LIST.place("VAGRP");
    private static final int DATUV = IcwpModel.TASK_LIST.place("DATUV");
    private static final int LOEKZ = IcwpModel.TASK_LIST.place("LOEKZ");
    private static final int CHANGEDAT = IcwpModel.TASK_LIST.place("CHANGEDAT");

    TaskListRows(Company company) {
        super(company);
    }

    @Override
    public long count() {
        return company.taskLists.lists.size();
    }

    @Override
    public String key(long index, int part) {
        TaskLists.TaskList list = company.taskLists.lists.get((int) index);
        return switch (part) {
            case 0 -> TaskLists.TYPE;
            case 1 -> list.group();
            default -> list.counter();
        };
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        TaskLists.TaskList list = company.taskLists.lists.get((int) index);
        row[PLNTY] = TaskLists.TYPE;
        row[PLNNR] = list.group();
        row[PLNAL] = list.counter();
        row[KTEXT] = list.task().text();
        row[WERKS] = company.sites.plants.get(list.plant()).werks();
        // Usage 4 is plant maintenance, status 4 is released.
        row[VERWE] = "4";
        row[STATU] = "4";
        row[ARBPL] = list.task().discipline();
        row[EQUNR] = null;
        row[TPLNR] = null;
        row[VAGRP] = Company.plannerGroup(list.task().discipline());
        row[DATUV] = Days.date(PlantRows.CUSTOMIZED);
        row[LOEKZ] = null;
        row[CHANGEDAT] = Days.instant(PlantRows.CUSTOMIZED, 10 * 3600);
    }
}
