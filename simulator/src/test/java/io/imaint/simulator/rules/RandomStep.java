package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.below;
import static io.imaint.simulator.rules.Bench.draft;

import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A step that somebody could try, in both worlds.
 *
 * @param objects what must not be locked by others
 * @param onPaper whether it is permitted; if so, it is written down
 */
record RandomStep(
        String name, String transaction, Set<String> objects, BooleanSupplier onPaper, Consumer<Bench> inPlant) {
    /** Chooses objects that are there and, now and then, the next one that is not. */
    private record Choice(Random random, PaperPlant paper) {
        int order() {
            return one(paper.orders());
        }

        int notification() {
            return one(paper.notifications());
        }

        int operation(int order) {
            return one(paper.operations(order));
        }

        private int one(int there) {
            return there == 0 || random.nextInt(12) == 0 ? there : random.nextInt(there);
        }

        /** Or none. */
        int reservation(int order) {
            return random.nextInt(paper.reservations(order) + 2) - 1;
        }
    }

    static RandomStep next(Random random, PaperPlant paper) {
        var choice = new Choice(random, paper);
        return switch (random.nextInt(20)) {
            case 0 -> createOrder(choice);
            case 1, 2 -> release(choice);
            case 3 -> onOrder(choice, "complete", IcwpModel.COMPLETE_ORDER);
            case 4, 5 -> onOrder(choice, "reopen", IcwpModel.REOPEN_ORDER);
            case 6 -> addOperation(choice);
            case 7, 8, 9 -> confirm(choice);
            case 10 -> cancelConfirmation(choice);
            case 11, 12 -> issue(choice);
            case 13 -> giveBack(choice);
            case 14 -> cancelMovement(choice);
            case 15 -> report(choice);
            case 16 -> random.nextBoolean() ? putInProcess(choice) : close(choice);
            case 17 -> assign(choice);
            case 18 -> addTask(choice);
            default -> finishTask(choice);
        };
    }

    /** Something that could be locked. */
    static String object(Random random, PaperPlant paper) {
        var choice = new Choice(random, paper);
        return switch (random.nextInt(5)) {
            case 0, 1 -> order(choice.order());
            case 2, 3 -> notification(choice.notification());
            default -> "Material " + Workshop.BEARING;
        };
    }

    static String number(int place) {
        return "%012d".formatted(place + 1);
    }

    static String operation(int place) {
        return "%04d".formatted((place + 1) * 10);
    }

    static String item(int place) {
        return "%04d".formatted(place + 1);
    }

    private static String order(int place) {
        return "Order " + number(place);
    }

    private static String notification(int place) {
        return "Notification " + number(place);
    }

    private static RandomStep createOrder(Choice choice) {
        int operations = 1 + choice.random().nextInt(3);
        var reserved =
                choice.random().ints(choice.random().nextInt(3), 1, 5).boxed().toList();
        int notification = choice.random().nextInt(3) == 0 ? choice.notification() : -1;
        return new RandomStep(
                "create order of " + operations + " operations for notification " + notification + " with " + reserved,
                "IW31",
                notification < 0 ? Set.of() : Set.of(notification(notification)),
                () -> choice.paper().createOrder(operations, reserved, notification),
                bench -> {
                    var parts = new ArrayList<Draft>();
                    for (int i = 0; i < operations; i++) {
                        parts.add(draft(IcwpModel.OPERATION));
                    }
                    for (int pieces : reserved) {
                        parts.add(draft(
                                IcwpModel.COMPONENT, "MATNR", Workshop.BEARING, "BDMNG", BigDecimal.valueOf(pieces)));
                    }
                    var header = notification < 0
                            ? draft(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP)
                            : draft(
                                    IcwpModel.WORK_ORDER,
                                    "AUART",
                                    "PM01",
                                    "EQUNR",
                                    Workshop.PUMP,
                                    "QMNUM",
                                    number(notification));
                    bench.create(below(header, parts.toArray(Draft[]::new)));
                });
    }

    private static RandomStep release(Choice choice) {
        return onOrder(choice, "release", IcwpModel.RELEASE_ORDER);
    }

    private static RandomStep onOrder(Choice choice, String name, FunctionImport function) {
        int order = choice.order();
        return new RandomStep(
                name + " order " + order,
                "IW32",
                Set.of(order(order)),
                () -> switch (name) {
                    case "release" -> choice.paper().release(order);
                    case "complete" -> choice.paper().complete(order);
                    default -> choice.paper().reopen(order);
                },
                bench -> bench.call(function, number(order)));
    }

    private static RandomStep addOperation(Choice choice) {
        int order = choice.order();
        return new RandomStep(
                "add an operation to order " + order,
                "IW32",
                Set.of(order(order)),
                () -> choice.paper().addOperation(order),
                bench -> bench.create(IcwpModel.OPERATION, "AUFNR", number(order)));
    }

    private static RandomStep confirm(Choice choice) {
        int order = choice.order();
        int operation = choice.operation(order);
        int tenths = choice.random().nextInt(60) - 5;
        boolean last = choice.random().nextInt(3) == 0;
        return new RandomStep(
                "confirm " + tenths + " tenths of operation " + operation + " of order " + order
                        + (last ? ", final" : ""),
                "IW41",
                Set.of(order(order)),
                () -> choice.paper().confirm(order, operation, tenths, last),
                bench -> bench.create(
                        IcwpModel.CONFIRMATION,
                        "AUFNR",
                        number(order),
                        "VORNR",
                        operation(operation),
                        "ISMNW",
                        BigDecimal.valueOf(tenths, 1),
                        "AUERU",
                        last ? "X" : ""));
    }

    private static RandomStep cancelConfirmation(Choice choice) {
        int order = choice.order();
        int operation = choice.operation(order);
        int slip = choice.random().nextInt(choice.paper().slips(order, operation) + 1);
        return new RandomStep(
                "cancel confirmation " + slip + " of operation " + operation + " of order " + order,
                "IW45",
                Set.of(order(order)),
                () -> choice.paper().cancelConfirmation(order, operation, slip),
                bench -> {
                    var confirmed = bench.state
                            .find(IcwpModel.OPERATION, List.of(number(order), operation(operation), ""))
                            .map(row -> row.text("RUECK"))
                            .orElse("0000000000");
                    bench.call(IcwpModel.CANCEL_CONFIRMATION, confirmed, "%08d".formatted(slip + 1));
                });
    }

    private static RandomStep issue(Choice choice) {
        int order = choice.order();
        int reservation = choice.reservation(order);
        int pieces = choice.random().nextInt(6);
        return new RandomStep(
                "issue " + pieces + " for reservation " + reservation + " of order " + order,
                "MIGO",
                Set.of(order(order), "Material " + Workshop.BEARING),
                () -> choice.paper().issue(order, reservation, pieces),
                bench -> move(bench, "261", order, reservation, pieces));
    }

    private static RandomStep giveBack(Choice choice) {
        int order = choice.order();
        int reservation = choice.reservation(order);
        int pieces = choice.random().nextInt(4);
        return new RandomStep(
                "return " + pieces + " of reservation " + reservation + " of order " + order,
                "MIGO",
                Set.of(order(order), "Material " + Workshop.BEARING),
                () -> choice.paper().giveBack(order, reservation, pieces),
                bench -> move(bench, "262", order, reservation, pieces));
    }

    private static Row move(Bench bench, String type, int order, int reservation, int pieces) {
        var quantity = BigDecimal.valueOf(pieces);
        if (reservation < 0) {
            return bench.create(
                    IcwpModel.GOODS_MOVEMENT,
                    "BWART",
                    type,
                    "AUFNR",
                    number(order),
                    "MATNR",
                    Workshop.BEARING,
                    "WERKS",
                    "1000",
                    "LGORT",
                    "0001",
                    "MENGE",
                    quantity);
        }
        var reserved = bench.state
                .find(IcwpModel.WORK_ORDER, List.of(number(order)))
                .map(row -> row.text("RSNUM"))
                .orElse("0000000001");
        return bench.create(
                IcwpModel.GOODS_MOVEMENT,
                "BWART",
                type,
                "RSNUM",
                reserved,
                "RSPOS",
                item(reservation),
                "MENGE",
                quantity);
    }

    private static RandomStep cancelMovement(Choice choice) {
        int document = choice.random().nextInt(choice.paper().movements() + 1);
        return new RandomStep(
                "cancel movement " + document,
                "MIGO",
                Set.of(
                        "Material " + Workshop.BEARING,
                        document < choice.paper().movements()
                                ? order(choice.paper().orderOfMovement(document))
                                : "none"),
                () -> choice.paper().cancelMovement(document),
                bench -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, "%010d".formatted(document + 1), "2026"));
    }

    private static RandomStep report(Choice choice) {
        return new RandomStep(
                "create notification", "IW21", Set.of(), () -> choice.paper().report(), Bench::notification);
    }

    private static RandomStep putInProcess(Choice choice) {
        int notification = choice.notification();
        return new RandomStep(
                "put notification " + notification + " in process",
                "IW22",
                Set.of(notification(notification)),
                () -> choice.paper().putInProcess(notification),
                bench -> bench.call(IcwpModel.PUT_NOTIFICATION_IN_PROCESS, number(notification)));
    }

    private static RandomStep close(Choice choice) {
        int notification = choice.notification();
        return new RandomStep(
                "complete notification " + notification,
                "IW22",
                Set.of(notification(notification)),
                () -> choice.paper().close(notification),
                bench -> bench.call(IcwpModel.COMPLETE_NOTIFICATION, number(notification)));
    }

    private static RandomStep assign(Choice choice) {
        int notification = choice.notification();
        int order = choice.order();
        return new RandomStep(
                "assign order " + order + " to notification " + notification,
                "IW22",
                Set.of(notification(notification), order(order)),
                () -> choice.paper().assign(notification, order),
                bench -> bench.call(IcwpModel.ASSIGN_ORDER, number(notification), number(order)));
    }

    private static RandomStep addTask(Choice choice) {
        int notification = choice.notification();
        return new RandomStep(
                "add a task to notification " + notification,
                "IW22",
                Set.of(notification(notification)),
                () -> choice.paper().addTask(notification),
                bench -> bench.create(IcwpModel.TASK, "QMNUM", number(notification), "MATXT", "Look"));
    }

    private static RandomStep finishTask(Choice choice) {
        int notification = choice.notification();
        int tasks = choice.paper().tasks(notification);
        if (tasks == 0) {
            return addTask(choice); // What is not there, the service does not find before any rule is asked.
        }
        int task = choice.random().nextInt(tasks);
        var words =
                "Done " + choice.random().nextLong(); // The same again would be no change, which is always permitted.
        return new RandomStep(
                "finish task " + task + " of notification " + notification,
                "IW22",
                Set.of(notification(notification)),
                () -> choice.paper().finishTask(notification, task),
                bench -> bench.update(
                        bench.now(IcwpModel.TASK, number(notification), item(task)),
                        "ERLDAT",
                        Bench.TODAY,
                        "MATXT",
                        words));
    }
}
