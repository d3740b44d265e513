package io.imaint.simulator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.Locks.Lock;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goal: each step needs its transaction and an object that nobody else has open. Method: every step there is, in one list. */
class BusinessRulesTest {
    /**
     * A step of the service.
     *
     * @param object the lock that stands in its way
     */
    record Try(String name, String transaction, String object, Consumer<Bench> step) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String ORDER = "000000000001";
    private static final String NOTIFICATION = "000000000001";

    /** A plant in which each step of the list is possible. */
    private static Bench prepared() {
        var bench = new Bench();
        var order = bench.releasedOrder();
        bench.confirm(order, "ISMNW", BigDecimal.ONE);
        component(bench);
        issue(bench);
        bench.notification();
        for (var set : List.of(IcwpModel.NOTIFICATION_ITEM, IcwpModel.ACTIVITY)) {
            bench.create(set, "QMNUM", NOTIFICATION);
        }
        bench.create(IcwpModel.CAUSE, "QMNUM", NOTIFICATION);
        bench.create(IcwpModel.MEASUREMENT_DOCUMENT, "POINT", Workshop.THERMOMETER, "READG", 1.0);
        bench.create(IcwpModel.TIME_SHEET, timeSheet());
        bench.update(characteristic(bench, "0001"), "MITTELWERT", 10.0);
        bench.update(characteristic(bench, "0002"), "CODE1", "OK");
        return bench;
    }

    private static Row component(Bench bench) {
        return bench.create(IcwpModel.COMPONENT, "AUFNR", ORDER, "MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE);
    }

    private static Row issue(Bench bench) {
        return bench.create(
                IcwpModel.GOODS_MOVEMENT,
                "BWART",
                "261",
                "AUFNR",
                ORDER,
                "MATNR",
                Workshop.OIL,
                "WERKS",
                "1000",
                "LGORT",
                "0003",
                "MENGE",
                BigDecimal.ONE);
    }

    private static Object[] timeSheet() {
        return new Object[] {"PERNR", "00000007", "WORKDATE", Bench.TODAY, "RAUFNR", ORDER, "CATSHOURS", BigDecimal.ONE
        };
    }

    private static Row characteristic(Bench bench, String number) {
        return bench.now(IcwpModel.INSPECTION_CHARACTERISTIC, Workshop.LOT, "00000001", number);
    }

    private static String confirmationNumber(Bench bench) {
        return bench.now(IcwpModel.OPERATION, ORDER, "0010", "").text("RUECK");
    }

    private static Row reserved(Bench bench) {
        return bench.now(
                IcwpModel.COMPONENT, bench.now(IcwpModel.WORK_ORDER, ORDER).text("RSNUM"), "0001");
    }

    static Stream<Try> steps() {
        return Stream.of(onOrders(), onNotifications(), onTheRest()).flatMap(List::stream);
    }

    private static List<Try> onOrders() {
        var object = "Order " + ORDER;
        return List.of(
                new Try(
                        "order for a notification",
                        "IW31",
                        "Notification " + NOTIFICATION,
                        bench -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", NOTIFICATION)),
                new Try(
                        "change order",
                        "IW32",
                        object,
                        bench -> bench.update(bench.now(IcwpModel.WORK_ORDER, ORDER), "KTEXT", "x")),
                new Try("complete order", "IW32", object, bench -> bench.call(IcwpModel.COMPLETE_ORDER, ORDER)),
                new Try("create operation", "IW32", object, bench -> bench.create(IcwpModel.OPERATION, "AUFNR", ORDER)),
                new Try(
                        "change operation",
                        "IW32",
                        object,
                        bench -> bench.update(bench.now(IcwpModel.OPERATION, ORDER, "0010", ""), "LTXA1", "x")),
                new Try("create component", "IW32", object, BusinessRulesTest::component),
                new Try("change component", "IW32", object, bench -> bench.update(reserved(bench), "CHARG", "x")),
                new Try("delete component", "IW32", object, bench -> bench.delete(reserved(bench))),
                new Try("confirm", "IW41", object, bench -> bench.confirm(bench.now(IcwpModel.WORK_ORDER, ORDER))),
                new Try(
                        "cancel confirmation",
                        "IW45",
                        object,
                        bench -> bench.call(IcwpModel.CANCEL_CONFIRMATION, confirmationNumber(bench), "00000001")),
                new Try("issue", "MIGO", object, BusinessRulesTest::issue),
                new Try("issue of a locked material", "MIGO", "Material " + Workshop.OIL, BusinessRulesTest::issue),
                new Try(
                        "cancel movement",
                        "MIGO",
                        object,
                        bench -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, "0000000001", "2026")),
                new Try(
                        "attach",
                        "CV01N",
                        object,
                        bench -> bench.upload(
                                "x".getBytes(UTF_8), "text/plain", "OBJTYPE", "BUS2007", "OBJKEY", ORDER)));
    }

    private static List<Try> onNotifications() {
        var object = "Notification " + NOTIFICATION;
        return List.of(
                new Try(
                        "change notification",
                        "IW22",
                        object,
                        bench -> bench.update(bench.now(IcwpModel.NOTIFICATION, NOTIFICATION), "QMTXT", "x")),
                new Try(
                        "put in process",
                        "IW22",
                        object,
                        bench -> bench.call(IcwpModel.PUT_NOTIFICATION_IN_PROCESS, NOTIFICATION)),
                new Try(
                        "complete notification",
                        "IW22",
                        object,
                        bench -> bench.call(IcwpModel.COMPLETE_NOTIFICATION, NOTIFICATION)),
                new Try(
                        "assign order",
                        "IW22",
                        object,
                        bench -> bench.call(IcwpModel.ASSIGN_ORDER, NOTIFICATION, ORDER)),
                new Try(
                        "assign locked order",
                        "IW22",
                        "Order " + ORDER,
                        bench -> bench.call(IcwpModel.ASSIGN_ORDER, NOTIFICATION, ORDER)),
                new Try(
                        "add item",
                        "IW22",
                        object,
                        bench -> bench.create(IcwpModel.NOTIFICATION_ITEM, "QMNUM", NOTIFICATION)),
                new Try("add cause", "IW22", object, bench -> bench.create(IcwpModel.CAUSE, "QMNUM", NOTIFICATION)),
                new Try("add task", "IW22", object, bench -> bench.create(IcwpModel.TASK, "QMNUM", NOTIFICATION)),
                new Try(
                        "add activity",
                        "IW22",
                        object,
                        bench -> bench.create(IcwpModel.ACTIVITY, "QMNUM", NOTIFICATION)),
                new Try(
                        "change item",
                        "IW22",
                        object,
                        bench -> bench.update(
                                bench.now(IcwpModel.NOTIFICATION_ITEM, NOTIFICATION, "0001"), "FETXT", "x")));
    }

    private static List<Try> onTheRest() {
        var person = "Personnel number 00000007";
        var lot = "Inspection lot " + Workshop.LOT;
        var point = "Measuring point " + Workshop.THERMOMETER;
        return List.of(
                new Try(
                        "read",
                        "IK11",
                        point,
                        bench -> bench.create(
                                IcwpModel.MEASUREMENT_DOCUMENT, "POINT", Workshop.THERMOMETER, "READG", 1.0)),
                new Try(
                        "cancel reading",
                        "IK12",
                        point,
                        bench -> bench.update(
                                bench.now(IcwpModel.MEASUREMENT_DOCUMENT, "00000000000000000001"), "CANCL", "X")),
                new Try("book time", "CAT2", person, bench -> bench.create(IcwpModel.TIME_SHEET, timeSheet())),
                new Try(
                        "change time",
                        "CAT2",
                        person,
                        bench -> bench.update(bench.now(IcwpModel.TIME_SHEET, "000000000001"), "LTXA1", "x")),
                new Try(
                        "record result",
                        "QE01",
                        lot,
                        bench -> bench.update(characteristic(bench, "0001"), "MITTELWERT", 9.9)),
                new Try(
                        "decide",
                        "QA11",
                        lot,
                        bench -> bench.create(
                                IcwpModel.USAGE_DECISION,
                                "PRUEFLOS",
                                Workshop.LOT,
                                "VCODEGRP",
                                "UD-PM",
                                "VCODE",
                                "ACC")),
                new Try(
                        "create place",
                        "IL01",
                        "Functional location YARD",
                        bench -> bench.create(IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", "YARD")),
                new Try(
                        "change place",
                        "IL02",
                        "Functional location 1000-A",
                        bench -> bench.update(bench.now(IcwpModel.FUNCTIONAL_LOCATION, Workshop.HALL), "PLTXT", "x")),
                new Try(
                        "create equipment",
                        "IE01",
                        "Equipment CRANE",
                        bench -> bench.create(IcwpModel.EQUIPMENT, "EQUNR", "CRANE")),
                new Try(
                        "change equipment",
                        "IE02",
                        "Equipment " + Workshop.PUMP,
                        bench -> bench.update(bench.now(IcwpModel.EQUIPMENT, Workshop.PUMP), "EQKTX", "x")),
                new Try(
                        "install",
                        "IE02",
                        "Equipment " + Workshop.SPARE,
                        bench -> bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.SPARE, Workshop.LINE)),
                new Try(
                        "dismantle",
                        "IE02",
                        "Equipment " + Workshop.PUMP,
                        bench -> bench.call(IcwpModel.DISMANTLE_EQUIPMENT, Workshop.PUMP)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void needsItsTransactionAndNoOther(Try step) {
        var bench = prepared();
        var without = bench.as(new Actor("BOB", transaction -> !transaction.equals(step.transaction()), false));
        var refusal = without.refused("S#/077", () -> step.step().accept(without));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_AUTHORIZED);
        step.step().accept(bench.as(new Actor("BOB", step.transaction()::equals, false)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void waitsForWhoeverHasTheObjectOpen(Try step) {
        var bench = prepared();
        var now = bench.clock.get();
        bench.state.locks().hold(new Lock(step.object(), "EVE", now.plusSeconds(60)), now);
        var refusal = bench.refused("IW/136", () -> step.step().accept(bench));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.LOCKED);
        assertThat(refusal.getMessage()).isEqualTo(step.object() + " is already being processed by EVE");
        step.step().accept(bench.as(Actor.unrestricted("EVE")));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void canBeRehearsedLocked(Try step) {
        var bench = prepared();
        var rehearsing = bench.as(new Actor("BOB", transaction -> true, true));
        rehearsing.refused("IW/136", () -> step.step().accept(rehearsing));
    }

    @Test
    void everythingThatTheModelOffersHasRules() {
        var bench = new Bench();
        for (var set : IcwpModel.SETS) {
            if (set.can(Ability.CREATE) && !set.can(Ability.MEDIA)) {
                assertThat(offered(() -> bench.create(set))).as("create " + set).isTrue();
            }
            if (set.can(Ability.UPDATE)) {
                assertThat(offered(() -> bench.state.change(
                                Actor.unrestricted("ADA"),
                                change -> BusinessRules.update(change, empty(set), Map.of()))))
                        .as("update " + set)
                        .isTrue();
            }
        }
        for (var function : IcwpModel.FUNCTIONS) {
            assertThat(offered(() -> bench.call(function))).as(function.name()).isTrue();
        }
    }

    private static Row empty(EntitySet set) {
        var row = Row.of(set);
        set.properties().subList(0, set.keyLength()).forEach(key -> row.set(key.name(), ""));
        return row;
    }

    private static boolean offered(Runnable step) {
        try {
            step.run();
            return true;
        } catch (Refusal refusal) {
            return !refusal.messages().getFirst().code().equals("IW/000");
        }
    }

    @Test
    void whatTheModelDoesNotOfferIsRefused() {
        var bench = new Bench();
        bench.refused("IW/000", () -> bench.create(IcwpModel.PLANT, "WERKS", "7000"));
        bench.refused("IW/000", () -> bench.update(bench.now(IcwpModel.PLANT, "1000"), "NAME1", "x"));
        bench.refused("IW/000", () -> bench.delete(bench.now(IcwpModel.PLANT, "1000")));
    }
}
