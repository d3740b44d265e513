package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: items, causes, tasks and activities belong together and are coded as the notification type says. Method: each rule on one notification. */
class NotificationPartsTest {
    private final Bench bench = new Bench();
    private final String number = bench.notification().text("QMNUM");

    private Row part(EntitySet set, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 2];
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        all[0] = "QMNUM";
        all[1] = number;
        return bench.create(set, all);
    }

    @Test
    void areNumberedFromOne() {
        assertThat(part(IcwpModel.NOTIFICATION_ITEM).text("FENUM")).isEqualTo("0001");
        assertThat(part(IcwpModel.NOTIFICATION_ITEM).text("FENUM")).isEqualTo("0002");
        assertThat(part(IcwpModel.CAUSE, "FENUM", "0002").key()).containsExactly(number, "0002", "0001");
        assertThat(part(IcwpModel.CAUSE, "FENUM", "0001").key()).containsExactly(number, "0001", "0001");
        assertThat(part(IcwpModel.CAUSE, "FENUM", "0001").text("URNUM")).isEqualTo("0002");
        assertThat(part(IcwpModel.TASK).text("MANUM")).isEqualTo("0001");
        assertThat(part(IcwpModel.ACTIVITY).text("ACNUM")).isEqualTo("0001");
        assertThat(part(IcwpModel.ACTIVITY, "ACNUM", "7").text("ACNUM")).isEqualTo("0007");
        bench.refused("IM/071", () -> part(IcwpModel.ACTIVITY, "ACNUM", "7"));
        part(IcwpModel.ACTIVITY, "ACNUM", "9999");
        bench.refused("IM/070", () -> part(IcwpModel.ACTIVITY));
    }

    @Test
    void aCauseBelongsToAnItem() {
        bench.refused("00/055", () -> part(IcwpModel.CAUSE));
        bench.refused("IM/065", () -> part(IcwpModel.CAUSE, "FENUM", "0001"));
        var item = part(IcwpModel.NOTIFICATION_ITEM);
        var cause = part(IcwpModel.CAUSE);
        assertThat(cause.text("FENUM")).isEqualTo("0001");
        bench.update(item, "KZLOESCH", "X");
        assertThat(bench.now(cause).flag("KZLOESCH")).isTrue();
        bench.refused("IM/069", () -> part(IcwpModel.CAUSE, "FENUM", "0001"));
    }

    @Test
    void tasksAndActivitiesMayReferToAnItemAndItsCause() {
        part(IcwpModel.NOTIFICATION_ITEM);
        part(IcwpModel.CAUSE);
        assertThat(part(IcwpModel.TASK, "FENUM", "0001", "URNUM", "0001").text("URNUM"))
                .isEqualTo("0001");
        assertThat(part(IcwpModel.TASK, "FENUM", "0000").text("FENUM")).isEmpty();
        bench.refused("IM/065", () -> part(IcwpModel.TASK, "FENUM", "0009"));
        bench.refused("IM/066", () -> part(IcwpModel.ACTIVITY, "FENUM", "0001", "URNUM", "0009"));
        bench.refused("00/055", () -> part(IcwpModel.ACTIVITY, "URNUM", "0001"));
    }

    @Test
    void codesComeFromTheCatalogsOfTheNotificationType() {
        var item = part(
                IcwpModel.NOTIFICATION_ITEM, "FEGRP", "DM-MEC", "FECOD", "WEAR", "OTGRP", "PT-ALL", "OTEIL", "BEAR");
        assertThat(item.text("FEKAT")).isEqualTo("C");
        assertThat(item.text("OTKAT")).isEqualTo("B");
        bench.refused("QS/107", () -> part(IcwpModel.NOTIFICATION_ITEM, "FEGRP", "PT-ALL", "FECOD", "BEAR"));
        bench.refused("QS/105", () -> part(IcwpModel.TASK, "MNGRP", "TK-ALL", "MNCOD", "NONE"));
        bench.refused("QS/105", () -> bench.update(item, "FECOD", "NONE"));
        assertThat(bench.update(item, "FEGRP", null, "FECOD", null).text("FEKAT"))
                .isEmpty();
    }

    @Test
    void aTaskIsCompletedByItsDate() {
        var task = part(IcwpModel.TASK, "MATXT", "Call the maker");
        assertThat(task.text("STATUSES")).isEqualTo("TSOS");
        bench.refused("IM/208", () -> bench.update(task, "ERLDAT", TODAY.plusDays(1)));
        var completed = bench.update(task, "ERLDAT", TODAY);
        assertThat(completed.text("STATUSES")).isEqualTo("TSCO");
        assertThat(completed.text("ERLNAM")).isEqualTo("ADA");
        bench.refused("BS/013", () -> bench.update(task, "MATXT", "x"));
        assertThat(part(IcwpModel.TASK, "ERLDAT", TODAY, "ERLNAM", "BOB").text("STATUSES"))
                .isEqualTo("TSCO");
    }

    @Test
    void refuseWhatCannotBe() {
        bench.refused("00/056", () -> part(IcwpModel.TASK, "PSTER", TODAY, "PETER", TODAY.minusDays(1)));
        bench.refused("00/002", () -> part(IcwpModel.NOTIFICATION_ITEM, "KZLOESCH", "?"));
        bench.refused("00/055", () -> bench.create(IcwpModel.TASK, "MATXT", "x"));
        bench.refused("IM/010", () -> bench.create(IcwpModel.TASK, "QMNUM", "000000099999"));
    }

    @Test
    void ofACompletedNotificationStayAsTheyAre() {
        var item = part(IcwpModel.NOTIFICATION_ITEM, "FETXT", "Bearing");
        bench.call(IcwpModel.COMPLETE_NOTIFICATION, number);
        bench.refused("BS/013", () -> bench.update(item, "FETXT", "Seal"));
        bench.refused("BS/013", () -> part(IcwpModel.TASK));
    }

    @Test
    void aChangeIsDated() {
        var item = part(IcwpModel.NOTIFICATION_ITEM);
        assertThat(item.date("ERDAT")).isEqualTo(TODAY);
        assertThat(bench.update(item, "FETXT", "Bearing").date("AEDAT")).isEqualTo(TODAY);
    }
}
