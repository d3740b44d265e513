package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated operations of task lists. */
final class TaskListOperationRows extends RowMaker {

    TaskListOperationRows(Company company) {
        super(IcwpModel.TASK_LIST_OPERATION, company);
    }

    @Override
    public long count() {
        return company.taskLists.operations;
    }

    @Override
    public String key(long index, int part) {
        TaskLists.TaskList list = company.taskLists.ofOperation(index);
        return switch (part) {
            case 0 -> TaskLists.TYPE;
            case 1 -> list.group();
            case 2 -> list.counter();
            default -> Digits.of(index - list.firstOperation() + 1, 8);
        };
    }

    @Override
    void fill(long index, RowValues row) {
        TaskLists.TaskList list = company.taskLists.ofOperation(index);
        Tables.Task task = list.task();
        int step = (int) index - list.firstOperation();
        String template = company.tables.steps[TaskLists.operationsOf(task) - 1][step];
        boolean main = template.equals("+");
        boolean same = main || template.startsWith("*");
        String discipline = same ? task.discipline() : template.substring(0, 4);
        int usual = (task.tenthsFrom() + task.tenthsTo()) / 2;
        int work = main ? usual : 2 + usual / 8;
        row.put("PLNTY", TaskLists.TYPE);
        row.put("PLNNR", list.group());
        row.put("PLNAL", list.counter());
        row.put("PLNKN", Digits.of(step + 1L, 8));
        row.put("VORNR", Digits.of((step + 1L) * 10, 4));
        row.put("STEUS", "PM01");
        row.put("ARBPL", discipline);
        row.put("WERKS", company.sites.plants.get(list.plant()).werks());
        row.put("LTXA1", main ? task.text() : template.substring(same ? 1 : 5));
        row.put("LARNT", discipline);
        row.put("ARBEI", Days.hours(work));
        row.put("ARBEH", "H");
        row.put("DAUNO", Days.hours(work > 80 ? work / 2 : work));
        row.put("DAUNE", "H");
        row.put("CHANGEDAT", Days.instant(PlantRows.CUSTOMIZED, 10 * 3600));
    }
}
