package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated task lists. */
final class TaskListRows extends RowMaker {

    TaskListRows(Company company) {
        super(IcwpModel.TASK_LIST, company);
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
    void fill(long index, RowValues row) {
        TaskLists.TaskList list = company.taskLists.lists.get((int) index);
        row.put("PLNTY", TaskLists.TYPE);
        row.put("PLNNR", list.group());
        row.put("PLNAL", list.counter());
        row.put("KTEXT", list.task().text());
        row.put("WERKS", company.sites.plants.get(list.plant()).werks());
        // Usage 4 is plant maintenance, status 4 is released.
        row.put("VERWE", "4");
        row.put("STATU", "4");
        row.put("ARBPL", list.task().discipline());
        row.put("EQUNR", null);
        row.put("TPLNR", null);
        row.put("VAGRP", Company.plannerGroup(list.task().discipline()));
        row.put("DATUV", Days.date(PlantRows.CUSTOMIZED));
        row.put("LOEKZ", null);
        row.put("CHANGEDAT", Days.instant(PlantRows.CUSTOMIZED, 10 * 3600));
    }
}
