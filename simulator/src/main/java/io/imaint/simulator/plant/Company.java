package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The generated company: its tables, its layout and its number ranges. Immutable; all rows are functions of it. */
final class Company {
    /** Orders come in blocks: each full block has the same number of operations and of notifications. */
    static final int BLOCK = 10;

    static final int NOTIFICATIONS_PER_BLOCK = 7;
    /** How many operations the orders of a block have, in an order that differs from block to block. */
    private static final int[] OPERATIONS = {1, 3, 2, 5, 1, 4, 2, 6, 3, 4};

    static final int OPERATIONS_PER_BLOCK = 31;
    /** Maintenance plans and measuring points are numbered by equipment, as many each. */
    private static final int NUMBERS_PER_EQUIPMENT = 8;

    private static final int CORRECTIVE_PERCENT = 62;
    private static final int EXTERNAL_PERCENT = 9;
    private static final int LINKED_PERCENT = 60;
    /** How failure rates follow age: the chance of 100 at each tenth of an equipment's life, the bathtub curve. */
    private static final int[] BATHTUB = {100, 50, 28, 22, 20, 20, 22, 30, 45, 68, 90, 100, 100};
    /** How many days before its order a notification may have been written; the equipment must have been there. */
    private static final int NOTICED_DAYS_MAX = 2;
    /** More tries than this to find a failing equipment would cost more time than the shape gains. */
    private static final int TRIES = 14;

    private static final int TRIES_BITS = 4;
    /** Notifications without an order choose their equipment from numbers that no order uses. */
    private static final long FREE = 1L << 40;

    private static final int MATERIAL_KINDS = 4;

    final Tables tables = new Tables();
    final Stores stores = new Stores(tables);
    final Dice dice;
    final Sites sites;
    final int orders;
    final TaskLists taskLists;
    final PerEquipment billItems;
    final PerEquipment plans;
    final PerEquipment traits;
    final PerEquipment points;
    private final Map<EntitySet, Tally> tallies = new ConcurrentHashMap<>();

    Company(long seed, int orders) {
        this.dice = new Dice(seed);
        this.orders = orders;
        this.sites = new Sites(tables, dice, orders);
        this.taskLists = new TaskLists(tables, sites.plants);
        this.billItems = new PerEquipment(sites, type -> type.kit().parts().size());
        this.plans = new PerEquipment(sites, type -> type.tasks().size());
        this.traits = new PerEquipment(sites, type -> type.kit().traits().size());
        this.points = new PerEquipment(sites, type -> type.kit().points().size());
    }

    static String orderNumber(long order) {
        return Digits.of(4_000_001L + order, 12);
    }

    static String notificationNumber(long notification) {
        return Digits.of(10_000_001L + notification, 12);
    }

    static String equipmentNumber(long equipment) {
        return Digits.of(10_000_001L + equipment, 18);
    }

    static String routing(long order) {
        return Digits.of(1_000_001L + order, 10);
    }

    static String reservation(long order) {
        return Digits.of(500_001L + order, 10);
    }

    static String confirmation(long operation) {
        return Digits.of(2_000_001L + operation, 10);
    }

    static String planNumber(int equipment, int task, int width) {
        return Digits.of(100_001L + equipment * (long) NUMBERS_PER_EQUIPMENT + task, width);
    }

    static String pointNumber(int equipment, int point) {
        return Digits.of(1_000_001L + equipment * (long) NUMBERS_PER_EQUIPMENT + point, 12);
    }

    static String inspectionLot(long order) {
        return Digits.of(140_000_000_001L + order, 12);
    }

    String user(Roll roll, long index) {
        return tables.users[dice.below(roll, index, tables.users.length)];
    }

    boolean corrective(long order) {
        return dice.chance(Roll.CORRECTIVE, order, CORRECTIVE_PERCENT);
    }

    /** Whether a contractor does the main work of an order. */
    boolean external(long order) {
        return dice.chance(Roll.EXTERNAL, order, EXTERNAL_PERCENT);
    }

    /** Which task of the equipment's class a preventive order is for. */
    int taskPlace(long order, Tables.EquipmentClass type) {
        return dice.below(Roll.TASK, order, type.tasks().size());
    }

    /** Whether a preventive order is for an inspection. */
    boolean inspects(long order) {
        Tables.EquipmentClass type = type(preventive(order));
        return type.tasks().get(taskPlace(order, type)).activityType().equals("INS");
    }

    /** The equipment of a preventive order. */
    int preventive(long order) {
        return running(order, day(order) - NOTICED_DAYS_MAX);
    }

    /** The equipment of a corrective order. */
    int corrected(long order) {
        return failing(order, day(order) - NOTICED_DAYS_MAX);
    }

    int day(long order) {
        return Days.ofOrder(order, orders);
    }

    int operations(long order) {
        int turn = dice.below(Roll.OPERATIONS, order / BLOCK, BLOCK);
        return OPERATIONS[(int) ((order + turn) % BLOCK)];
    }

    /** The number of an order's first operation among all. */
    long firstOperation(long order) {
        long block = order / BLOCK;
        long first = block * OPERATIONS_PER_BLOCK;
        for (long earlier = block * BLOCK; earlier < order; earlier++) {
            first += operations(earlier);
        }
        return first;
    }

    /** How the material of an order stands: 0 and 1 it needs none, 2 it is reserved, 3 it is withdrawn from release on. */
    int material(long order) {
        return dice.below(Roll.MATERIAL, order, MATERIAL_KINDS);
    }

    /** How many rows of a set each of their orders, or notifications, has; counted when first asked for. */
    Tally tally(EntitySet set) {
        Tally known = tallies.get(set);
        return known != null
                ? known
                : tallies.computeIfAbsent(
                        set, any -> new Tally(OrderChildren.parents(this, set), OrderChildren.of(this, set)));
    }

    /** The notification that caused an order, or -1. */
    long notificationOf(long order) {
        if (!wantsNotification(order)) {
            return -1;
        }
        long block = order / BLOCK;
        int place = 0;
        for (long earlier = block * BLOCK; earlier < order; earlier++) {
            place += wantsNotification(earlier) ? 1 : 0;
        }
        return place < notificationsIn(block) ? block * NOTIFICATIONS_PER_BLOCK + place : -1;
    }

    /** The order that a notification led to, or -1. */
    long orderOf(long notification) {
        long block = notification / NOTIFICATIONS_PER_BLOCK;
        int place = (int) (notification % NOTIFICATIONS_PER_BLOCK);
        long end = Math.min(orders, (block + 1) * BLOCK);
        for (long order = block * BLOCK; order < end; order++) {
            if (wantsNotification(order) && place-- == 0) {
                return order;
            }
        }
        return -1;
    }

    private boolean wantsNotification(long order) {
        return corrective(order) && dice.chance(Roll.LINKED, order, LINKED_PERCENT);
    }

    long notifications() {
        return orders / BLOCK * (long) NOTIFICATIONS_PER_BLOCK + notificationsIn(orders / BLOCK);
    }

    private int notificationsIn(long block) {
        long ordersIn = Math.min(BLOCK, orders - block * BLOCK);
        return (int) (ordersIn * NOTIFICATIONS_PER_BLOCK / BLOCK);
    }

    long operations() {
        long count = orders / BLOCK * (long) OPERATIONS_PER_BLOCK;
        for (long order = orders / BLOCK * (long) BLOCK; order < orders; order++) {
            count += operations(order);
        }
        return count;
    }

    /** The equipment that fails on a day: the likelier, the more its class fails and the nearer it is to either end of its life. */
    private int failing(long index, int day) {
        for (long attempt = 0; attempt < TRIES; attempt++) {
            long place = (index << TRIES_BITS) + attempt;
            int equipment = dice.below(Roll.EQUIPMENT, place, sites.equipment);
            Tables.EquipmentClass type = type(equipment);
            int age = day - sites.startup(equipment, type);
            if (age >= 0) {
                int tenth = Math.min(BATHTUB.length - 1, age * 10 / type.lifeDays());
                if (dice.below(Roll.ACCEPT, place, 10_000) < type.failurePercent() * BATHTUB[tenth]) {
                    return equipment;
                }
            }
        }
        return running(index, day);
    }

    int failingWithoutOrder(long notification, int day) {
        return failing(notification + FREE, day);
    }

    /** An equipment that is in operation on a day. */
    private int running(long index, int day) {
        int equipment = dice.below(Roll.EQUIPMENT, (index << TRIES_BITS) + TRIES, sites.equipment);
        for (int tried = 0; tried < sites.equipment; tried++) {
            if (sites.startup(equipment, type(equipment)) <= day) {
                return equipment;
            }
            equipment = (equipment + 1) % sites.equipment;
        }
        throw new AssertionError("nothing was in operation on day " + day);
    }

    Tables.EquipmentClass type(int equipment) {
        return sites.fitting(sites.areaOfEquipment(equipment), equipment).type();
    }

    static String plannerGroup(String discipline) {
        return switch (discipline) {
            case "ELEC" -> "E01";
            case "INST" -> "I01";
            default -> "M01";
        };
    }
}
