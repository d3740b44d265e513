package io.imaint.simulator.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules once more, as a clerk would keep them on paper: nothing is summed or switched, only what happened is
 * written down, and every status and quantity is counted from it when asked. Each method answers whether the step is
 * permitted, and writes it down only then.
 */
final class PaperPlant {
    static final int STOCK_AT_FIRST = 10;

    /** What one colleague wrote on a slip, until somebody strikes it out. */
    private static final class Slip {
        private final int tenths;
        private final boolean last;
        private boolean struck;

        private Slip(int tenths, boolean last) {
            this.tenths = tenths;
            this.last = last;
        }
    }

    /** A movement of bearings; negative into the stock. */
    private static final class Movement {
        private final int order;
        private final int reservation;
        private final int pieces;
        private final boolean strikes;
        private boolean struck;

        private Movement(int order, int reservation, int pieces, boolean strikes) {
            this.order = order;
            this.reservation = reservation;
            this.pieces = pieces;
            this.strikes = strikes;
        }
    }

    private static final class Order {
        private boolean releasedOnce;
        private boolean done;
        private @Nullable Integer notification;
        private final List<List<Slip>> operations = new ArrayList<>();
        private final List<Integer> reservations = new ArrayList<>();

        private boolean atWork() {
            return releasedOnce && !done;
        }
    }

    private static final class Notification {
        private boolean begun;
        private boolean closed;
        private @Nullable Integer order;
        /** Of each task, whether it is done. */
        private final List<Boolean> tasks = new ArrayList<>();
    }

    private final List<Order> orders = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();

    int orders() {
        return orders.size();
    }

    int notifications() {
        return notifications.size();
    }

    int movements() {
        return movements.size();
    }

    int orderOfMovement(int number) {
        return movements.get(number).order;
    }

    int operations(int order) {
        return order < orders.size() ? orders.get(order).operations.size() : 0;
    }

    int reservations(int order) {
        return order < orders.size() ? orders.get(order).reservations.size() : 0;
    }

    int slips(int order, int operation) {
        return operation < operations(order)
                ? orders.get(order).operations.get(operation).size()
                : 0;
    }

    int tasks(int notification) {
        return notification < notifications.size()
                ? notifications.get(notification).tasks.size()
                : 0;
    }

    /** An order with operations and reserved pieces, perhaps for a notification; -1 is none. */
    boolean createOrder(int operations, List<Integer> reserved, int notification) {
        if (notification >= 0 && !canTakeOrder(notification)) {
            return false;
        }
        var order = new Order();
        for (int i = 0; i < operations; i++) {
            order.operations.add(new ArrayList<>());
        }
        order.reservations.addAll(reserved);
        if (notification >= 0) {
            order.notification = notification;
            notifications.get(notification).order = orders.size();
        }
        return orders.add(order);
    }

    private boolean canTakeOrder(int notification) {
        if (notification >= notifications.size()) {
            return false;
        }
        var paper = notifications.get(notification);
        return !paper.closed && paper.order == null;
    }

    boolean release(int order) {
        if (order >= orders.size() || orders.get(order).releasedOnce) {
            return false;
        }
        orders.get(order).releasedOnce = true;
        begin(orders.get(order).notification);
        return true;
    }

    private void begin(@Nullable Integer notification) {
        if (notification != null && !notifications.get(notification).closed) {
            notifications.get(notification).begun = true;
        }
    }

    boolean complete(int order) {
        if (order >= orders.size() || !orders.get(order).atWork()) {
            return false;
        }
        orders.get(order).done = true;
        var notification = orders.get(order).notification;
        if (notification != null && !notifications.get(notification).tasks.contains(false)) {
            notifications.get(notification).closed = true;
        }
        return true;
    }

    boolean reopen(int order) {
        if (order >= orders.size() || !orders.get(order).done) {
            return false;
        }
        orders.get(order).done = false;
        return true;
    }

    boolean addOperation(int order) {
        if (order >= orders.size() || orders.get(order).done) {
            return false;
        }
        return orders.get(order).operations.add(new ArrayList<>());
    }

    boolean confirm(int order, int operation, int tenths, boolean last) {
        if (operation >= operations(order) || !orders.get(order).atWork() || tenths < 0) {
            return false;
        }
        return orders.get(order).operations.get(operation).add(new Slip(tenths, last));
    }

    /** A struck slip leaves its counter document behind, which cannot be struck either. */
    boolean cancelConfirmation(int order, int operation, int slip) {
        if (slip >= slips(order, operation) || !orders.get(order).atWork()) {
            return false;
        }
        var slips = orders.get(order).operations.get(operation);
        if (slips.get(slip).struck) {
            return false;
        }
        slips.get(slip).struck = true;
        var counter = new Slip(-slips.get(slip).tenths, slips.get(slip).last);
        counter.struck = true;
        return slips.add(counter);
    }

    /** For no reservation, it is -1. */
    boolean issue(int order, int reservation, int pieces) {
        if (order >= orders.size()
                || reservation >= reservations(order)
                || !orders.get(order).atWork()) {
            return false;
        }
        if (pieces <= 0 || pieces > stock()) {
            return false;
        }
        return movements.add(new Movement(order, reservation, pieces, false));
    }

    boolean giveBack(int order, int reservation, int pieces) {
        if (order >= orders.size() || reservation >= reservations(order) || !orders.get(order).releasedOnce) {
            return false;
        }
        if (pieces <= 0 || (reservation >= 0 && pieces > withdrawn(order, reservation))) {
            return false;
        }
        return movements.add(new Movement(order, reservation, -pieces, false));
    }

    boolean cancelMovement(int number) {
        if (number >= movements.size()) {
            return false;
        }
        var movement = movements.get(number);
        var order = orders.get(movement.order);
        boolean takesFromStock = movement.pieces < 0;
        if (movement.struck || movement.strikes || (takesFromStock ? !order.atWork() : !order.releasedOnce)) {
            return false;
        }
        if (takesFromStock && -movement.pieces > stock()) {
            return false;
        }
        movement.struck = true;
        return movements.add(new Movement(movement.order, movement.reservation, -movement.pieces, true));
    }

    boolean report() {
        return notifications.add(new Notification());
    }

    boolean putInProcess(int notification) {
        if (notification >= notifications.size()) {
            return false;
        }
        var paper = notifications.get(notification);
        if (paper.begun || paper.closed) {
            return false;
        }
        paper.begun = true;
        return true;
    }

    boolean close(int notification) {
        if (notification >= notifications.size()
                || notifications.get(notification).closed
                || notifications.get(notification).tasks.contains(false)) {
            return false;
        }
        notifications.get(notification).closed = true;
        return true;
    }

    boolean assign(int notification, int order) {
        if (order >= orders.size() || !canTakeOrder(notification)) {
            return false;
        }
        if (orders.get(order).done || orders.get(order).notification != null) {
            return false;
        }
        orders.get(order).notification = notification;
        notifications.get(notification).order = order;
        if (orders.get(order).releasedOnce) {
            begin(notification);
        }
        return true;
    }

    boolean addTask(int notification) {
        return notification < notifications.size()
                && !notifications.get(notification).closed
                && notifications.get(notification).tasks.add(false);
    }

    boolean finishTask(int notification, int task) {
        if (task >= tasks(notification) || notifications.get(notification).closed) {
            return false;
        }
        return !notifications.get(notification).tasks.set(task, true);
    }

    int stock() {
        return STOCK_AT_FIRST
                - movements.stream().mapToInt(movement -> movement.pieces).sum();
    }

    int withdrawn(int order, int reservation) {
        return movements.stream()
                .filter(movement -> movement.order == order && movement.reservation == reservation)
                .mapToInt(movement -> movement.pieces)
                .sum();
    }

    boolean served(int order, int reservation) {
        return movements.stream().anyMatch(one -> one.order == order && one.reservation == reservation)
                && withdrawn(order, reservation)
                        >= orders.get(order).reservations.get(reservation);
    }

    int tenths(int order, int operation) {
        return live(order, operation).stream().mapToInt(slip -> slip.tenths).sum();
    }

    private List<Slip> live(int order, int operation) {
        return orders.get(order).operations.get(operation).stream()
                .filter(slip -> !slip.struck)
                .toList();
    }

    private boolean finished(int order, int operation) {
        return live(order, operation).stream().anyMatch(slip -> slip.last);
    }

    private static String stage(Order order) {
        return order.done ? "TECO" : order.releasedOnce ? "REL" : "CRTD";
    }

    Set<String> operationStatuses(int order, int operation) {
        var statuses = new LinkedHashSet<>(Set.of(stage(orders.get(order))));
        if (finished(order, operation)) {
            statuses.add("CNF");
        } else if (!live(order, operation).isEmpty()) {
            statuses.add("PCNF");
        }
        return statuses;
    }

    Set<String> orderStatuses(int number) {
        var order = orders.get(number);
        var statuses = new LinkedHashSet<>(Set.of(stage(order)));
        int finished = 0;
        int begun = 0;
        for (int i = 0; i < order.operations.size(); i++) {
            finished += finished(number, i) ? 1 : 0;
            begun += live(number, i).isEmpty() ? 0 : 1;
        }
        if (finished == order.operations.size()) {
            statuses.add("CNF");
        } else if (begun > 0) {
            statuses.add("PCNF");
        }
        if (movements.stream().anyMatch(movement -> movement.order == number)) {
            statuses.add("GMPS");
        }
        if (order.reservations.isEmpty()) {
            statuses.add("NMAT");
        }
        return statuses;
    }

    Set<String> notificationStatuses(int number) {
        var paper = notifications.get(number);
        var statuses = new LinkedHashSet<>(Set.of(paper.closed ? "NOCO" : paper.begun ? "NOPR" : "OSNO"));
        if (paper.order != null) {
            statuses.add("ORAS");
        }
        return statuses;
    }

    @Nullable
    Integer notificationOf(int order) {
        return orders.get(order).notification;
    }
}
