package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static io.imaint.simulator.rules.Bench.below;
import static io.imaint.simulator.rules.Bench.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: notifications live as SAP's do. Method: each rule is tried once as permitted and once as forbidden. */
class NotificationsTest {
    private final Bench bench = new Bench();

    private Row notification(@Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 4];
        System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
        all[0] = "QMART";
        all[1] = "M2";
        all[2] = "EQUNR";
        all[3] = Workshop.PUMP;
        return bench.create(IcwpModel.NOTIFICATION, all);
    }

    @Test
    void areOutstandingAtFirst() {
        var external = UUID.randomUUID();
        var notification = notification("EXTID", external);
        assertThat(notification.text("QMNUM")).isEqualTo("000000000001");
        assertThat(notification.text("OBJNR")).isEqualTo("QM000000000001");
        assertThat(notification.text("STATUSES")).isEqualTo("OSNO");
        assertThat(notification.text("TPLNR")).isEqualTo(Workshop.HALL);
        assertThat(notification.text("INGRP")).isEqualTo("M01");
        assertThat(notification.text("ARBPL")).isEqualTo("MECH");
        assertThat(notification.text("ARBPLWERK")).isEqualTo("1000");
        assertThat(notification.text("QMNAM")).isEqualTo("ADA");
        assertThat(notification.date("QMDAT")).isEqualTo(TODAY);
        assertThat(notification.time("MZEIT")).isEqualTo(LocalTime.NOON);
        assertThat(notification.value("EXTID")).isEqualTo(external);
        assertThat(bench.said.getFirst().text()).isEqualTo("Notification 1 saved");
    }

    @Test
    void refuseWhatDoesNotExist() {
        bench.refused("IM/001", () -> bench.create(IcwpModel.NOTIFICATION, "QMART", "Z9"));
        bench.refused("00/055", () -> bench.create(IcwpModel.NOTIFICATION, "QMTXT", "x"));
        bench.refused("IM/007", () -> notification("PRIOK", "9"));
        bench.refused("CR/025", () -> notification("ARBPL", "NONE"));
        bench.refused("IW/033", () -> notification("INGRP", "Z99"));
        bench.refused("NR/013", () -> notification("QMNUM", "000000000077"));
        bench.refused("IE/003", () -> bench.create(IcwpModel.NOTIFICATION, "QMART", "M2", "EQUNR", "NONE"));
    }

    @Test
    void thePriorityProposesTheRequiredDatesFromTheDayItWasNoticed() {
        var notification = notification("PRIOK", "3", "QMDAT", TODAY.minusDays(10));
        assertThat(notification.date("STRMN")).isEqualTo(TODAY.minusDays(8));
        assertThat(notification.date("LTRMN")).isEqualTo(TODAY.plusDays(6));
        var urgent = bench.update(notification, "PRIOK", "1");
        assertThat(urgent.date("LTRMN")).isEqualTo(TODAY.minusDays(9));
        var own = bench.update(notification, "PRIOK", "3", "LTRMN", TODAY);
        assertThat(own.date("LTRMN")).isEqualTo(TODAY);
        bench.refused("00/056", () -> bench.update(notification, "LTRMN", TODAY.minusDays(30)));
    }

    @Test
    void aBreakdownLastsFromItsStartToItsEnd() {
        var notification = notification(
                "MSAUS",
                "X",
                "AUSVN",
                TODAY.minusDays(1),
                "AUZTV",
                LocalTime.of(22, 0),
                "AUSBS",
                TODAY,
                "AUZTB",
                LocalTime.of(1, 30));
        assertThat(notification.number("AUSZT")).isEqualTo(3.5 * 3600);
        assertThat(notification.text("MAUEH")).isEqualTo("H");
        var open = notification("MSAUS", "X");
        assertThat(open.date("AUSVN")).isEqualTo(TODAY);
        assertThat(open.value("AUSZT")).isNull();
        assertThat(bench.update(open, "AUSBS", TODAY, "AUZTB", LocalTime.of(13, 0))
                        .number("AUSZT"))
                .isEqualTo(3600);
        assertThat(bench.update(open, "AUSBS", null, "AUZTB", null).value("AUSZT"))
                .isNull();
        bench.refused("IM/151", () -> bench.update(open, "AUSBS", TODAY.minusDays(1)));
        bench.refused("IM/151", () -> bench.update(open, "AUSBS", TODAY, "AUZTB", LocalTime.of(11, 0)));
        bench.refused("00/002", () -> notification("MSAUS", "Y"));
    }

    @Test
    void codesComeFromTheCatalogProfileOfTheObject() {
        assertThat(notification("QMGRP", "PM-ROT", "QMCOD", "VIB").text("RBNR")).isEqualTo("PM-PUMP");
        bench.refused("QS/107", () -> notification("QMGRP", "PM-ELE", "QMCOD", "OHE"));
        bench.refused("QS/105", () -> notification("QMGRP", "PM-ROT", "QMCOD", "NONE"));
        bench.refused("QS/106", () -> notification("QMGRP", "PM-ROT", "QMCOD", "OLD"));
        bench.refused("00/055", () -> notification("QMGRP", "PM-ROT"));
        var ofPlace = bench.create(
                IcwpModel.NOTIFICATION, "QMART", "M2", "TPLNR", Workshop.HALL, "QMGRP", "PM-ELE", "QMCOD", "OHE");
        assertThat(ofPlace.text("RBNR")).isEqualTo("PM-GEN");
        var ofType = bench.create(IcwpModel.NOTIFICATION, "QMART", "M2", "TPLNR", Workshop.LINE);
        assertThat(ofType.text("RBNR")).isEqualTo("PM-GEN");
    }

    @Test
    void withoutCatalogsEveryCodeIsPermitted() {
        var lenient = new Bench(new Workshop()
                .without(IcwpModel.CATALOG_CODE)
                .without(IcwpModel.CATALOG_PROFILE)
                .without(IcwpModel.NOTIFICATION_TYPE));
        assertThat(lenient.create(IcwpModel.NOTIFICATION, "QMART", "Z1", "QMGRP", "ANY", "QMCOD", "ANY")
                        .text("QMCOD"))
                .isEqualTo("ANY");
    }

    @Test
    void arePutInProcessOnce() {
        var notification = notification();
        assertThat(bench.call(IcwpModel.PUT_NOTIFICATION_IN_PROCESS, notification.text("QMNUM"))
                        .text("STATUSES"))
                .isEqualTo("NOPR");
        bench.refused("BS/013", () -> bench.call(IcwpModel.PUT_NOTIFICATION_IN_PROCESS, notification.text("QMNUM")));
    }

    @Test
    void areCompletedWhenNoTaskIsOpen() {
        var notification = notification();
        var first = bench.create(IcwpModel.TASK, "QMNUM", notification.text("QMNUM"), "MATXT", "Call");
        var second = bench.create(IcwpModel.TASK, "QMNUM", notification.text("QMNUM"), "MATXT", "Look");
        var refusal =
                bench.refused("IM/207", () -> bench.call(IcwpModel.COMPLETE_NOTIFICATION, notification.text("QMNUM")));
        assertThat(refusal.getMessage()).endsWith("0001, 0002");
        bench.update(first, "ERLDAT", TODAY);
        bench.update(second, "KZLOESCH", "X");
        assertThat(bench.call(IcwpModel.COMPLETE_NOTIFICATION, notification.text("QMNUM"))
                        .text("STATUSES"))
                .isEqualTo("NOCO");
        bench.refused("BS/013", () -> bench.call(IcwpModel.COMPLETE_NOTIFICATION, notification.text("QMNUM")));
        bench.refused("BS/013", () -> bench.call(IcwpModel.PUT_NOTIFICATION_IN_PROCESS, notification.text("QMNUM")));
        bench.refused("BS/013", () -> bench.update(notification, "QMTXT", "x"));
        bench.refused("BS/013", () -> bench.create(IcwpModel.NOTIFICATION_ITEM, "QMNUM", notification.text("QMNUM")));
    }

    @Test
    void aCompletedOneTakesNoOrder() {
        var number = notification().text("QMNUM");
        var order = bench.order();
        bench.call(IcwpModel.COMPLETE_NOTIFICATION, number);
        bench.refused("BS/013", () -> bench.call(IcwpModel.ASSIGN_ORDER, number, order.text("AUFNR")));
        bench.refused("BS/013", () -> bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", number));
    }

    @Test
    void oneOrderHangsOnOneNotification() {
        var notification = notification();
        var order = bench.order();
        var assigned = bench.call(IcwpModel.ASSIGN_ORDER, notification.text("QMNUM"), order.text("AUFNR"));
        assertThat(assigned.text("STATUSES")).isEqualTo("OSNO ORAS");
        assertThat(assigned.text("AUFNR")).isEqualTo(order.text("AUFNR"));
        assertThat(bench.now(order).text("QMNUM")).isEqualTo(notification.text("QMNUM"));
        var other = bench.order();
        bench.refused(
                "BS/013", () -> bench.call(IcwpModel.ASSIGN_ORDER, notification.text("QMNUM"), other.text("AUFNR")));
        var second = notification();
        bench.refused("IW/210", () -> bench.call(IcwpModel.ASSIGN_ORDER, second.text("QMNUM"), order.text("AUFNR")));
        bench.refused("IW/010", () -> bench.call(IcwpModel.ASSIGN_ORDER, second.text("QMNUM"), "000000099999"));
        bench.call(IcwpModel.RELEASE_ORDER, other.text("AUFNR"));
        assertThat(bench.call(IcwpModel.ASSIGN_ORDER, second.text("QMNUM"), other.text("AUFNR"))
                        .text("STATUSES"))
                .isEqualTo("NOPR ORAS");
        var third = notification();
        var done = bench.releasedOrder();
        bench.call(IcwpModel.COMPLETE_ORDER, done.text("AUFNR"));
        bench.refused("BS/013", () -> bench.call(IcwpModel.ASSIGN_ORDER, third.text("QMNUM"), done.text("AUFNR")));
    }

    @Test
    void anotherObjectBringsItsPlaceAndCatalogs() {
        var notification = notification();
        var moved = bench.update(notification, "TPLNR", Workshop.HALL, "EQUNR", null);
        assertThat(moved.text("RBNR")).isEqualTo("PM-GEN");
        var back = bench.update(notification, "EQUNR", Workshop.MOTOR);
        assertThat(back.text("TPLNR")).isEqualTo(Workshop.HALL);
        assertThat(back.text("AENAM")).isEqualTo("ADA");
        bench.refused(
                "QS/107", () -> bench.update(notification, "EQUNR", Workshop.PUMP, "QMGRP", "PM-ELE", "QMCOD", "OHE"));
    }

    @Test
    void areCreatedWithAllTheirParts() {
        var notification = bench.create(below(
                draft(IcwpModel.NOTIFICATION, "QMART", "M2", "EQUNR", Workshop.PUMP),
                below(
                        draft(IcwpModel.NOTIFICATION_ITEM, "FEGRP", "DM-MEC", "FECOD", "WEAR"),
                        draft(IcwpModel.CAUSE, "URGRP", "CS-ALL", "URCOD", "AGED")),
                draft(IcwpModel.TASK, "MNGRP", "TK-ALL", "MNCOD", "CALL", "FENUM", "0001"),
                draft(IcwpModel.ACTIVITY, "MNGRP", "AC-ALL", "MNCOD", "REPL")));
        var number = notification.text("QMNUM");
        assertThat(bench.now(IcwpModel.NOTIFICATION_ITEM, number, "0001").text("FEKAT"))
                .isEqualTo("C");
        assertThat(bench.now(IcwpModel.CAUSE, number, "0001", "0001").text("URKAT"))
                .isEqualTo("5");
        assertThat(bench.now(IcwpModel.TASK, number, "0001").text("MNKAT")).isEqualTo("2");
        assertThat(bench.now(IcwpModel.ACTIVITY, number, "0001").text("MNKAT")).isEqualTo("A");
        bench.refused(
                "QS/105",
                () -> bench.create(below(
                        draft(IcwpModel.NOTIFICATION, "QMART", "M2", "EQUNR", Workshop.PUMP),
                        draft(IcwpModel.ACTIVITY, "MNGRP", "AC-ALL", "MNCOD", "NONE"))));
    }
}
