package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;

/** What is true of one generated order, from which its row, its operations and its notification are written. Reused from order to order. */
final class OrderFacts {
    /** How far an order has come. */
    enum Stage {
        CREATED,
        RELEASED,
        PARTLY_CONFIRMED,
        CONFIRMED,
        TECHNICALLY_COMPLETED,
        CLOSED
    }

    private static final Stage[] STAGES = Stage.values();
    /** Of 100 orders, those that somebody marked for deletion, that nobody works on, that nobody settles. */
    private static final int DELETED_PERCENT = 2;

    private static final int STALLED_PERCENT = 3;
    private static final int NEVER_CLOSED_PERCENT = 12;
    private static final int REFURBISH_PERCENT = 6;
    /** Of 100 corrective orders, how many have priority 1, 1 or 2, 1 to 3. */
    private static final int[] PRIORITIES = {3, 22, 72};
    /** Days from creation to basic start, at least and at most, for priorities 1 to 4. */
    private static final int[][] GAPS = {{0, 0}, {0, 3}, {2, 14}, {7, 45}};

    private static final int[] PREVENTIVE_GAPS = {7, 42};
    /** From this age on, no order waits for any of its dates: more than the longest ways from each to the next together. */
    private static final int SETTLED_DAYS = 160;

    private final Company company;
    private final Dice dice;

    long order;
    int created;
    boolean corrective;
    int equipment;
    int unit;
    Sites.Area area;
    Tables.Fitting fitting;
    /** The fault of a corrective order; of others, that of the same place in the list, which nobody reads. */
    Tables.Fault fault;

    Tables.Task task;
    /** Which task of its class {@link #task} is. */
    int taskPlace;

    boolean breakdown;
    boolean external;
    int priority;
    int basicStart;
    int basicFinish;
    int scheduledStart;
    int scheduledFinish;
    int actualStart;
    int actualFinish;
    int released;
    int technicallyCompleted;
    int closed;
    boolean deleted;
    Stage stage = Stage.CREATED;
    int operations;
    int workTenths;

    OrderFacts(Company company) {
        this.company = company;
        this.dice = company.dice;
        this.area = company.sites.areaOfEquipment(0);
        this.fitting = company.sites.fitting(area, 0);
        this.fault = fitting.type().faults().get(0);
        this.task = fitting.type().tasks().get(0);
        roll(0);
    }

    void roll(long newOrder) {
        order = newOrder;
        created = company.day(order);
        corrective = company.corrective(order);
        equipment = corrective ? company.corrected(order) : company.preventive(order);
        area = company.sites.areaOfEquipment(equipment);
        fitting = company.sites.fitting(area, equipment);
        unit = company.sites.unit(area, equipment);
        Tables.EquipmentClass type = fitting.type();
        fault = type.faults().get(dice.below(Roll.FAULT, order, type.faults().size()));
        taskPlace = company.taskPlace(order, type);
        task = type.tasks().get(taskPlace);
        breakdown = corrective && dice.chance(Roll.BREAKDOWN, order, fault.breakdownPercent());
        external = company.external(order);
        priority = rollPriority();
        operations = company.operations(order);
        workTenths = corrective
                ? dice.between(Roll.WORK, order, fault.tenthsFrom(), fault.tenthsTo())
                : dice.between(Roll.WORK, order, task.tenthsFrom(), task.tenthsTo());
        rollDates();
        rollStage();
    }

    private int rollPriority() {
        int roll = dice.below(Roll.PRIORITY, order, 100);
        if (breakdown) {
            return roll < 40 ? 1 : 2;
        }
        if (!corrective) {
            return roll < 70 ? 3 : 4;
        }
        int chosen = 1;
        for (int end : PRIORITIES) {
            chosen += roll >= end ? 1 : 0;
        }
        return chosen;
    }

    private void rollDates() {
        int[] gaps = corrective ? GAPS[priority - 1] : PREVENTIVE_GAPS;
        int gap = dice.between(Roll.GAP, order, gaps[0], gaps[1]);
        basicStart = created + gap;
        basicFinish = basicStart + dice.below(Roll.DURATION, order, priority + 2);
        int moved = dice.below(Roll.SCHEDULE, order, 8);
        scheduledStart = basicStart + (priority > 1 && moved < 3 ? moved : 0);
        scheduledFinish = Math.max(scheduledStart, basicFinish) + (moved == 7 ? 1 : 0);
        released = created + dice.below(Roll.RELEASE, order, Math.min(gap, 14) + 1);
        actualStart = scheduledStart + rollDelay();
        actualFinish = actualStart + dice.below(Roll.ACTUAL_DURATION, order, 2 + Math.min(3, workTenths / 50));
        technicallyCompleted = actualFinish + dice.below(Roll.TECO, order, 10);
        closed = technicallyCompleted + 14 + dice.below(Roll.CLOSE, order, 60);
    }

    /** Most work starts as scheduled, some in the same week, some weeks late; what is most urgent is never late. */
    private int rollDelay() {
        int kind = dice.below(Roll.ACTUAL_DELAY_KIND, order, 100);
        if (kind < 60 || priority == 1) {
            return 0;
        }
        return dice.between(Roll.ACTUAL_DELAY, order, 1, kind < 87 ? 5 : 25);
    }

    private void rollStage() {
        int reached = 0;
        reached += released < Days.TODAY ? 1 : 0;
        reached += actualStart < Days.TODAY ? 1 : 0;
        reached += actualFinish < Days.TODAY ? 1 : 0;
        reached += technicallyCompleted < Days.TODAY ? 1 : 0;
        reached += closed < Days.TODAY ? 1 : 0;
        deleted = dice.chance(Roll.DELETED, order, DELETED_PERCENT);
        if (deleted) {
            reached = 0;
        } else if (!breakdown && dice.chance(Roll.STALLED, order, STALLED_PERCENT)) {
            reached = Math.min(reached, dice.below(Roll.STALLED_AT, order, 3));
        } else if (dice.chance(Roll.NEVER_CLOSED, order, NEVER_CLOSED_PERCENT)) {
            reached = Math.min(reached, 4);
        }
        stage = STAGES[reached];
    }

    /** How far an order has come; nothing else about an old one is found out if that can be avoided. */
    Stage stageOf(long other) {
        if (other == order) {
            return stage;
        }
        if (company.day(other) < Days.TODAY - SETTLED_DAYS) {
            if (dice.chance(Roll.DELETED, other, DELETED_PERCENT)) {
                return Stage.CREATED;
            }
            // Whether an order can be stalled depends on its equipment.
            if (!dice.chance(Roll.STALLED, other, STALLED_PERCENT)) {
                boolean closed = !dice.chance(Roll.NEVER_CLOSED, other, NEVER_CLOSED_PERCENT);
                return closed ? Stage.CLOSED : Stage.TECHNICALLY_COMPLETED;
            }
        }
        roll(other);
        return stage;
    }

    /** How many operations, from the first, are confirmed: of a partly confirmed order, the first half. */
    static int confirmed(Stage stage, int operations) {
        return switch (stage) {
            case CREATED, RELEASED -> 0;
            case PARTLY_CONFIRMED -> Math.max(1, operations / 2);
            case CONFIRMED, TECHNICALLY_COMPLETED, CLOSED -> operations;
        };
    }

    boolean atLeast(Stage least) {
        return stage.compareTo(least) >= 0;
    }

    /** The day on which work on it was, or is, last known to go on; for released orders. */
    int worked() {
        return Math.max(released, Math.min(actualStart, Days.TODAY - 1));
    }

    /** The day of the last change. */
    int changed() {
        return switch (stage) {
            case CREATED -> deleted ? Math.min(created + 5, Days.TODAY - 1) : created;
            case RELEASED -> released;
            case PARTLY_CONFIRMED -> actualStart;
            case CONFIRMED -> actualFinish;
            case TECHNICALLY_COMPLETED -> technicallyCompleted;
            case CLOSED -> closed;
        };
    }

    /** PM01 corrective, PM02 breakdown, PM03 preventive, PM04 refurbishment, PM06 calibration. */
    String orderType() {
        if (!corrective) {
            return task.orderType();
        }
        if (breakdown) {
            return "PM02";
        }
        boolean refurbished = fitting.type().refurbished() && dice.chance(Roll.REFURBISH, order, REFURBISH_PERCENT);
        return refurbished ? "PM04" : "PM01";
    }

    String discipline() {
        return corrective ? fault.discipline() : task.discipline();
    }

    String workCenter() {
        return external ? "EXTN" : discipline();
    }

    String text() {
        return corrective ? fault.action() : task.text();
    }

    Tables.Plant plant() {
        return company.sites.plants.get(area.plant());
    }

    String location() {
        return company.sites.locationOfEquipment(area, equipment);
    }
}
