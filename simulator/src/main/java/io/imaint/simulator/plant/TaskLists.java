package io.imaint.simulator.plant;

import java.util.ArrayList;
import java.util.List;

/** The task lists of the generated company: in each plant a group for each class of equipment, in it a list for each of its tasks. */
final class TaskLists {
    /** General maintenance task lists, which are for no object. */
    static final String TYPE = "A";

    /** A task list; {@code firstOperation} is the number of its first operation among all. */
    record TaskList(Tables.EquipmentClass type, int plant, int taskPlace, String group, int firstOperation) {
        Tables.Task task() {
            return type.tasks().get(taskPlace);
        }

        String counter() {
            return TaskLists.counter(taskPlace);
        }
    }

    /** In the order of their keys. */
    final List<TaskList> lists = new ArrayList<>();

    final int operations;

    TaskLists(Tables tables, List<Tables.Plant> plants) {
        int first = 0;
        for (Tables.EquipmentClass type : tables.equipmentClasses) {
            for (int plant = 0; plant < plants.size(); plant++) {
                for (int task = 0; task < type.tasks().size(); task++) {
                    String group = group(type, plants.get(plant));
                    lists.add(new TaskList(type, plant, task, group, first));
                    first += operationsOf(type.tasks().get(task));
                }
            }
        }
        this.operations = first;
    }

    static String group(Tables.EquipmentClass type, Tables.Plant plant) {
        return type.code().concat(plant.werks());
    }

    static String counter(int taskPlace) {
        return Digits.of(taskPlace + 1L, 2);
    }

    /** A longer task has more steps before and after it. */
    static int operationsOf(Tables.Task task) {
        int most = task.tenthsTo();
        return most <= 15 ? 1 : most <= 40 ? 2 : most <= 100 ? 3 : 4;
    }

    /** The list to which an operation belongs. */
    TaskList ofOperation(long operation) {
        int low = 0;
        int high = lists.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (lists.get(middle).firstOperation() <= operation) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return lists.get(low);
    }
}
