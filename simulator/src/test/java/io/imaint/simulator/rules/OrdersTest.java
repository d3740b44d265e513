package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static io.imaint.simulator.rules.Bench.below;
import static io.imaint.simulator.rules.Bench.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Goal: orders live as SAP's do. Method: each rule is tried once as permitted and once as forbidden. */
class OrdersTest {
    private final Bench bench = new Bench();

    @Test
    void takesOverFromTheEquipmentWhatTheCallerDidNotSay() {
        var order = bench.order();
        assertThat(order.text("TPLNR")).isEqualTo(Workshop.HALL);
        assertThat(order.text("WERKS")).isEqualTo("1000");
        assertThat(order.text("IWERK")).isEqualTo("1000");
        assertThat(order.text("INGRP")).isEqualTo("M01");
        assertThat(order.text("ARBPL")).isEqualTo("MECH");
        assertThat(order.text("BUKRS")).isEqualTo("1000");
        assertThat(order.text("KOSTV")).isEqualTo("4713");
        assertThat(order.text("WAERS")).isEqualTo("EUR");
    }

    @Test
    void ofAnOrderForAPlaceTheCurrencyIsThatOfTheCountry() {
        var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "TPLNR", Workshop.LINE, "WERKS", "2000");
        assertThat(order.text("WAERS")).isEqualTo("GBP");
        assertThat(order.text("ARBPL")).isEqualTo("ELEC");
        assertThat(order.text("KOSTV")).isEqualTo("4712");
    }

    @Test
    void getsItsNumbersAndStatusesFromSap() {
        var external = UUID.randomUUID();
        var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "EXTID", external);
        assertThat(order.text("AUFNR")).isEqualTo("000000000001");
        assertThat(order.text("OBJNR")).isEqualTo("OR000000000001");
        assertThat(order.text("AUTYP")).isEqualTo("30");
        assertThat(order.text("AUFPL")).hasSize(10);
        assertThat(order.text("RSNUM")).hasSize(10);
        assertThat(order.text("STATUSES")).isEqualTo("CRTD MANC PRC NMAT");
        assertThat(order.text("IPHAS")).isEqualTo("0");
        assertThat(order.value("EXTID")).isEqualTo(external);
        assertThat(order.text("ERNAM")).isEqualTo("ADA");
        assertThat(order.date("ERDAT")).isEqualTo(TODAY);
        assertThat(bench.said.getFirst().text()).isEqualTo("Order saved with number 1");
        bench.refused("NR/013", () -> bench.create(IcwpModel.WORK_ORDER, "AUFNR", "000000000009", "AUART", "PM01"));
    }

    @Test
    void thePriorityProposesTheDates() {
        var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "PRIOK", "3");
        assertThat(order.text("ARTPR")).isEqualTo("PM");
        assertThat(order.date("GSTRP")).isEqualTo(TODAY.plusDays(2));
        assertThat(order.date("GLTRP")).isEqualTo(TODAY.plusDays(16));
        assertThat(order.date("GSTRS")).isEqualTo(TODAY.plusDays(2));
        bench.refused(
                "IM/007",
                () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "PRIOK", "9"));
    }

    @Test
    void aGivenDateDrawsTheProposedOneWithIt() {
        var late = bench.create(
                IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "GSTRP", TODAY.plusDays(30));
        assertThat(late.date("GLTRP")).isEqualTo(TODAY.plusDays(30));
        var early = bench.create(
                IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, "GLTRP", TODAY.minusDays(3));
        assertThat(early.date("GSTRP")).isEqualTo(TODAY.minusDays(3));
    }

    @Test
    void refusesABasicFinishBeforeTheBasicStart() {
        bench.refused(
                "00/056",
                () -> bench.create(
                        IcwpModel.WORK_ORDER,
                        "AUART",
                        "PM01",
                        "EQUNR",
                        Workshop.PUMP,
                        "GSTRP",
                        TODAY,
                        "GLTRP",
                        TODAY.minusDays(1)));
        var order = bench.order();
        bench.refused("00/056", () -> bench.update(order, "GLTRP", TODAY.minusDays(1)));
    }

    @Test
    void refusesWhatDoesNotExist() {
        bench.refused("00/055", () -> bench.create(IcwpModel.WORK_ORDER, "EQUNR", Workshop.PUMP));
        bench.refused("IW/061", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "ZZ99", "EQUNR", Workshop.PUMP));
        bench.refused("IE/003", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", "NOWHERE"));
        bench.refused("IL/001", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "TPLNR", "NOWHERE"));
        bench.refused("M3/014", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "WERKS", "9999"));
        bench.refused("00/055", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01"));
        bench.refused("CR/025", () -> order("ARBPL", "NONE"));
        bench.refused("IW/033", () -> order("INGRP", "Z99"));
        bench.refused("IW/118", () -> order("ILART", "ZZZ"));
        bench.refused("M3/014", () -> order("IWERK", "9999"));
        bench.refused("IM/010", () -> order("QMNUM", "000000099999"));
        var refusal = bench.refused("CR/025", () -> order("ARBPL", "NONE"));
        assertThat(refusal.messages().getFirst().target()).isEqualTo("ARBPL");
    }

    private Row order(String name, Object value) {
        return bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP, name, value);
    }

    @Test
    void refusesAnObjectOutOfUse() {
        bench.refused("IE/054", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.SCRAPPED));
        bench.refused("IE/054", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "TPLNR", "1000-X"));
        bench.refused("IW/129", () -> order("TPLNR", Workshop.LINE));
    }

    @Test
    void withoutCustomizingOfATableEveryValueIsPermitted() {
        var lenient = new Bench(new Workshop().without(IcwpModel.ORDER_TYPE).without(IcwpModel.ACTIVITY_TYPE));
        var order = lenient.create(IcwpModel.WORK_ORDER, "AUART", "ZZ99", "EQUNR", Workshop.PUMP, "ILART", "ZZZ");
        assertThat(order.text("AUART")).isEqualTo("ZZ99");
    }

    @Test
    void anOrderWithoutOperationsGetsOneWithItsText() {
        var order = bench.order();
        var operation = bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "");
        assertThat(operation.text("LTXA1")).isEqualTo("Mend the pump");
        assertThat(operation.text("ARBPL")).isEqualTo("MECH");
        assertThat(operation.text("STATUSES")).isEqualTo("CRTD");
    }

    @Test
    void isCreatedWithItsOperationsAndComponents() {
        var order = bench.create(below(
                draft(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP),
                draft(IcwpModel.OPERATION, "LTXA1", "Isolate"),
                draft(IcwpModel.OPERATION, "LTXA1", "Replace bearing", "ARBEI", new BigDecimal("2.5")),
                draft(IcwpModel.COMPONENT, "MATNR", Workshop.BEARING, "BDMNG", BigDecimal.TWO, "VORNR", "0020")));
        assertThat(bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0020", "")
                        .text("LTXA1"))
                .isEqualTo("Replace bearing");
        assertThat(bench.now(IcwpModel.COMPONENT, order.text("RSNUM"), "0001").text("VORNR"))
                .isEqualTo("0020");
        assertThat(order.text("STATUSES")).isEqualTo("CRTD MANC PRC");
    }

    @Test
    void aRefusedPartRefusesTheWholeOrder() {
        bench.refused(
                "M3/305",
                () -> bench.create(below(
                        draft(IcwpModel.WORK_ORDER, "AUART", "PM01", "EQUNR", Workshop.PUMP),
                        draft(IcwpModel.COMPONENT, "MATNR", "NONE", "BDMNG", BigDecimal.ONE))));
        assertThat(bench.state.count(IcwpModel.WORK_ORDER)).isZero();
        assertThat(bench.order().text("AUFNR")).isEqualTo("000000000001");
    }

    @Test
    void takesObjectTextAndPriorityFromItsNotification() {
        var notification = bench.create(
                IcwpModel.NOTIFICATION,
                "QMART",
                "M2",
                "EQUNR",
                Workshop.PUMP,
                "QMTXT",
                "Loud",
                "PRIOK",
                "1",
                "MSAUS",
                "X");
        var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", notification.text("QMNUM"));
        assertThat(order.text("EQUNR")).isEqualTo(Workshop.PUMP);
        assertThat(order.text("KTEXT")).isEqualTo("Loud");
        assertThat(order.text("PRIOK")).isEqualTo("1");
        assertThat(order.text("ANLZU")).isEqualTo("0");
        var assigned = bench.now(notification);
        assertThat(assigned.text("STATUSES")).isEqualTo("OSNO ORAS");
        assertThat(assigned.text("AUFNR")).isEqualTo(order.text("AUFNR"));
        bench.refused(
                "BS/013",
                () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", notification.text("QMNUM")));
    }

    @Test
    void isReleasedWithItsOperationsAndPutsItsNotificationInProcess() {
        var notification = bench.notification();
        var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", notification.text("QMNUM"));
        var released = bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        assertThat(released.text("STATUSES")).isEqualTo("REL PRC NMAT SETC");
        assertThat(released.date("IDAT1")).isEqualTo(TODAY);
        assertThat(released.text("IPHAS")).isEqualTo("2");
        assertThat(bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "")
                        .text("STATUSES"))
                .isEqualTo("REL");
        assertThat(bench.now(notification).text("STATUSES")).isEqualTo("NOPR ORAS");
        var refusal = bench.refused("BS/007", () -> bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR")));
        assertThat(refusal.messages().getFirst().text()).isEqualTo("Release is not allowed (ORD 1)");
        assertThat(refusal.messages().getLast().text()).isEqualTo("System status REL is active (ORD 1)");
    }

    @Test
    void isCompletedOnlyAfterItsRelease() {
        var order = bench.order();
        bench.refused("BS/013", () -> bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR")));
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        bench.confirm(order, "AUERU", "X", "ISMNW", BigDecimal.ONE);
        var completed = bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        assertThat(completed.text("STATUSES")).isEqualTo("TECO CNF PRC NMAT SETC");
        assertThat(completed.date("IDAT2")).isEqualTo(TODAY);
        assertThat(completed.text("IPHAS")).isEqualTo("3");
        assertThat(bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "")
                        .text("STATUSES"))
                .isEqualTo("TECO CNF");
        bench.refused("BS/013", () -> bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR")));
    }

    @Test
    void completesItsNotificationUnlessTasksAreOpen() {
        var done = bench.notification();
        var first = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", done.text("QMNUM"));
        bench.call(IcwpModel.RELEASE_ORDER, first.text("AUFNR"));
        bench.call(IcwpModel.COMPLETE_ORDER, first.text("AUFNR"));
        assertThat(bench.now(done).text("STATUSES")).isEqualTo("NOCO ORAS");

        var open = bench.notification();
        bench.create(IcwpModel.TASK, "QMNUM", open.text("QMNUM"), "MATXT", "Call the maker");
        var second = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", open.text("QMNUM"));
        bench.call(IcwpModel.RELEASE_ORDER, second.text("AUFNR"));
        bench.call(IcwpModel.COMPLETE_ORDER, second.text("AUFNR"));
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("IM/207"));
        assertThat(bench.now(open).text("STATUSES")).isEqualTo("NOPR ORAS");
    }

    @Test
    void comesBackFromTechnicalCompletionAsItWas() {
        var order = bench.releasedOrder();
        bench.confirm(order, "ISMNW", BigDecimal.ONE);
        var before = bench.now(order).text("STATUSES");
        bench.refused("BS/013", () -> bench.call(IcwpModel.REOPEN_ORDER, order.text("AUFNR")));
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        var reopened = bench.call(IcwpModel.REOPEN_ORDER, order.text("AUFNR"));
        assertThat(reopened.text("STATUSES")).isEqualTo(before).isEqualTo("REL PCNF PRC NMAT SETC");
        assertThat(reopened.date("IDAT2")).isNull();
        assertThat(reopened.text("IPHAS")).isEqualTo("2");
        bench.confirm(order, "ISMNW", BigDecimal.ONE);
    }

    @Test
    void nothingIsDoneToAClosedOrDeletedOrder() {
        var plant = new Workshop();
        plant.add(IcwpModel.WORK_ORDER, "AUFNR", "000000000008", "WERKS", "1000", "STATUSES", "CLSD CNF");
        plant.add(IcwpModel.WORK_ORDER, "AUFNR", "000000000009", "WERKS", "1000", "STATUSES", "REL", "LOEKZ", "X");
        var other = new Bench(plant);
        for (var number : new String[] {"000000000008", "000000000009"}) {
            var order = other.now(IcwpModel.WORK_ORDER, number);
            for (var function : List.of(IcwpModel.RELEASE_ORDER, IcwpModel.COMPLETE_ORDER, IcwpModel.REOPEN_ORDER)) {
                other.refused("BS/007", () -> other.call(function, number));
            }
            other.refused("BS/007", () -> other.update(order, "KTEXT", "x"));
            other.refused("BS/007", () -> other.confirm(order));
            other.refused("BS/007", () -> other.create(IcwpModel.OPERATION, "AUFNR", number));
        }
    }

    @Test
    void afterTechnicalCompletionOnlyItsDescriptionChanges() {
        var order = bench.releasedOrder();
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        assertThat(bench.update(order, "KTEXT", "Mended").text("KTEXT")).isEqualTo("Mended");
        bench.refused("BS/013", () -> bench.update(order, "KTEXT", "x", "GLTRP", TODAY.plusDays(9)));
    }

    @Test
    void aChangeIsCheckedLikeACreation() {
        var order = bench.order();
        bench.refused("CR/025", () -> bench.update(order, "ARBPL", "NONE"));
        bench.refused("IM/007", () -> bench.update(order, "PRIOK", "9"));
        bench.refused("00/055", () -> bench.update(order, "GSTRP", null));
        bench.refused("IE/003", () -> bench.update(order, "EQUNR", "NOWHERE"));
        var changed = bench.update(order, "ARBPL", "ELEC", "ILART", "REP");
        assertThat(changed.text("AENAM")).isEqualTo("ADA");
        assertThat(changed.date("AEDAT")).isEqualTo(TODAY);
    }

    @Test
    void anotherObjectBringsItsPlace() {
        var order = bench.order();
        var moved = bench.update(order, "TPLNR", Workshop.LINE);
        assertThat(moved.text("EQUNR")).isEmpty();
        assertThat(bench.update(order, "EQUNR", Workshop.MOTOR).text("TPLNR")).isEqualTo(Workshop.HALL);
    }

    @Test
    void aChangeThatChangesNothingLeavesTheOrderAsItIs() {
        var order = bench.order();
        long before = bench.state.sequence();
        bench.update(order, "KTEXT", "Mend the pump");
        assertThat(bench.state.sequence() - before).isZero();
    }

    @Test
    void anUnknownOrderIsNotFound() {
        var refusal = bench.refused("IW/010", () -> bench.call(IcwpModel.RELEASE_ORDER, "000000099999"));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }
}
