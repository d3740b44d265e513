package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated operations of task lists. */
final class TaskListOperationRows extends RowMaker {
    private static final int PLNTY = IcwpModel.TASK_LIST_OPERATION.place("PLNTY");
    private static final int PLNNR = IcwpModel.TASK_LIST_OPERATION.place("PLNNR");
    private static final int PLNAL = IcwpModel.TASK_LIST_OPERATION.place("PLNAL");
    private static final int PLNKN = IcwpModel.TASK_LIST_OPERATION.place("PLNKN");
    private static final int VORNR = IcwpModel.TASK_LIST_OPERATION.place("VORNR");
    private static final int STEUS = IcwpModel.TASK_LIST_OPERATION.place("STEUS");
    private static final int ARBPL = IcwpModel.TASK_LIST_OPERATION.place("ARBPL");
    private static final int WERKS = IcwpModel.TASK_LIST_OPERATION.place("WERKS");
    private static final int LTXA1 = IcwpModel.TASK_LIST_OPERATION.place("LTXA1");
    private static final int LARNT = IcwpModel.TASK_LIST_OPERATION.place("LARNT");
    private static final int ARBEI = IcwpModel.TASK_LIST_OPERATION.place("ARBEI");
    private static final int ARBEH = IcwpModel.TASK_LIST_OPERATION.place("ARBEH");
    private static final int DAUNO = IcwpModel.TASK_LIST_OPERATION.place("DAUNO");
    private static final int DAUNE = IcwpModel.TASK_LIST_OPERATION.place("DAUNE");
    private static final int CHANGEDAT = IcwpModel.TASK_LIST_OPERATION.place("CHANGEDAT");

    TaskListOperationRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        TaskLists.TaskList list = company.taskLists.ofOperation(index);
        Tables.Task task = list.task();
        int step = (int) index - list.firstOperation();
        String template = company.tables.steps[TaskLists.operationsOf(task) - 1][step];
        boolean main = template.equals("+");
        boolean same = main || template.startsWith("*");
        String discipline = same ? task.discipline() : template.substring(0, 4);
        int usual = (task.tenthsFrom() + task.tenthsTo()) / 2;
        int work = main ? usual : 2 + usual / 8;
        row[PLNTY] = TaskLists.TYPE;
        row[PLNNR] = list.group();
        row[PLNAL] = list.counter();
        row[PLNKN] = Digits.of(step + 1L, 8);
        row[VORNR] = Digits.of((step + 1L) * 10, 4);
        row[STEUS] = "PM01";
        row[ARBPL] = discipline;
        row[WERKS] = company.sites.plants.get(list.plant()).werks();
        row[LTXA1] = main ? task.text() : template.substring(same ? 1 : 5);
        row[LARNT] = discipline;
        row[ARBEI] = Days.hours(work);
        row[ARBEH] = "H";
        row[DAUNO] = Days.hours(work > 80 ? work / 2 : work);
        row[DAUNE] = "H";
        row[CHANGEDAT] = Days.instant(PlantRows.CUSTOMIZED, 10 * 3600);
    }
}
