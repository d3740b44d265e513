package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Goal: confirmed work is booked, summed and taken back exactly. Method: each rule on one released order. */
class ConfirmationsTest {
    private static final BigDecimal TWO = BigDecimal.TWO;

    private final Bench bench = new Bench();
    private final Row order = bench.releasedOrder();

    private Row operation() {
        return bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "");
    }

    @Test
    void needAReleasedOrder() {
        var created = bench.order();
        var refusal = bench.refused("BS/013", () -> bench.confirm(created, "ISMNW", TWO));
        assertThat(refusal.getMessage()).isEqualTo("Confirm operation is not allowed (ORD 2)");
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        assertThat(bench.refused("BS/013", () -> bench.confirm(order))
                        .messages()
                        .getLast()
                        .text())
                .isEqualTo("System status TECO is active (ORD 1)");
    }

    @Test
    void needAnOperation() {
        bench.refused(
                "CN/018", () -> bench.create(IcwpModel.CONFIRMATION, "AUFNR", order.text("AUFNR"), "VORNR", "0990"));
        bench.refused("00/055", () -> bench.create(IcwpModel.CONFIRMATION, "AUFNR", order.text("AUFNR")));
        bench.refused("RU/011", () -> bench.confirm(order, "RUECK", "0000000042"));
    }

    @Test
    void countUpForEachOperation() {
        var first = bench.confirm(order, "ISMNW", TWO);
        assertThat(first.key()).containsExactly(operation().text("RUECK"), "00000001");
        for (int i = 2; i < 20; i++) {
            assertThat(bench.confirm(order, "ISMNW", TWO).text("RMZHL")).isEqualTo("%08d".formatted(i));
        }
        var byNumber = bench.create(IcwpModel.CONFIRMATION, "RUECK", first.text("RUECK"), "ISMNW", TWO);
        assertThat(byNumber.text("VORNR")).isEqualTo("0010");
        bench.refused("NR/013", () -> bench.confirm(order, "RMZHL", "00000077"));
    }

    @Test
    void aPartialOneMakesOperationAndOrderPartlyConfirmed() {
        var confirmation = bench.confirm(order, "ISMNW", TWO, "ISDD", TODAY.minusDays(2), "IEDD", TODAY.minusDays(1));
        assertThat(confirmation.text("ISMNU")).isEqualTo("H");
        assertThat(confirmation.text("ARBPL")).isEqualTo("MECH");
        assertThat(confirmation.date("BUDAT")).isEqualTo(TODAY);
        assertThat(operation().text("STATUSES")).isEqualTo("REL PCNF");
        assertThat(operation().decimal("ISMNW")).isEqualByComparingTo("2");
        assertThat(bench.now(order).text("STATUSES")).startsWith("REL PCNF");
        assertThat(bench.now(order).date("GSTRI")).isEqualTo(TODAY.minusDays(2));
        assertThat(bench.now(order).date("GETRI")).isNull();
    }

    @Test
    void finalOnesOfAllOperationsConfirmTheOrder() {
        bench.create(IcwpModel.OPERATION, "AUFNR", order.text("AUFNR"));
        bench.confirm(order, "AUERU", "X", "ISMNW", TWO);
        assertThat(operation().text("STATUSES")).isEqualTo("REL CNF");
        assertThat(bench.now(order).has("PCNF")).isTrue();
        bench.create(IcwpModel.CONFIRMATION, "AUFNR", order.text("AUFNR"), "VORNR", "0020", "AUERU", "X");
        assertThat(bench.now(order).has("CNF")).isTrue();
        assertThat(bench.now(order).has("PCNF")).isFalse();
        assertThat(bench.now(order).date("GETRI")).isEqualTo(TODAY);
    }

    @Test
    void oneAfterTheFinalOneIsAcceptedWithAWarning() {
        bench.confirm(order, "AUERU", "X", "ISMNW", TWO);
        bench.confirm(order, "ISMNW", TWO);
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("RU/116"));
        assertThat(operation().text("STATUSES")).isEqualTo("REL CNF");
        assertThat(operation().decimal("ISMNW")).isEqualByComparingTo("4");
    }

    @Test
    void hoursAndMinutesAreConverted() {
        bench.confirm(order, "ISMNW", new BigDecimal("90"), "ISMNU", "MIN");
        assertThat(operation().decimal("ISMNW")).isEqualByComparingTo("1.5");
        bench.refused("BM/302", () -> bench.confirm(order, "ISMNW", TWO, "ISMNU", "DAY"));
    }

    @Test
    void whatRemainsFollowsFromThePlan() {
        bench.update(operation(), "ARBEI", new BigDecimal("5"));
        assertThat(bench.confirm(order, "ISMNW", TWO).decimal("OFMNW")).isEqualByComparingTo("3");
        assertThat(bench.confirm(order, "ISMNW", TWO, "OFMNW", TWO).decimal("OFMNW"))
                .isEqualByComparingTo("2");
        assertThat(bench.confirm(order, "AUERU", "X").decimal("OFMNW")).isEqualByComparingTo("0");
    }

    @Test
    void refuseWhatCannotBe() {
        bench.refused("00/086", () -> bench.confirm(order, "ISMNW", TWO.negate()));
        bench.refused("00/002", () -> bench.confirm(order, "AUERU", "Y"));
        bench.refused("RU/042", () -> bench.confirm(order, "BUDAT", TODAY.plusDays(1)));
        bench.refused("00/056", () -> bench.confirm(order, "ISDD", TODAY, "IEDD", TODAY.minusDays(1)));
        bench.refused(
                "RU/045",
                () -> bench.confirm(
                        order, "ISDD", TODAY, "IEDD", TODAY, "ISDZ", LocalTime.NOON, "IEDZ", LocalTime.of(11, 0)));
        bench.refused("PG/001", () -> bench.confirm(order, "PERNR", "00000099"));
        bench.refused("CR/025", () -> bench.confirm(order, "ARBPL", "NONE"));
        bench.confirm(order, "ISMNW", new BigDecimal("999999.9"));
        bench.refused("RU/051", () -> bench.confirm(order, "ISMNW", TWO));
    }

    @Test
    void aCancelledOneIsTakenBackByACounterDocument() {
        bench.confirm(order, "ISMNW", BigDecimal.ONE);
        var last = bench.confirm(order, "AUERU", "X", "ISMNW", TWO, "EXTID", UUID.randomUUID());
        var counter = bench.call(IcwpModel.CANCEL_CONFIRMATION, last.text("RUECK"), last.text("RMZHL"));
        assertThat(counter.text("RMZHL")).isEqualTo("00000003");
        assertThat(counter.text("STZHL")).isEqualTo("00000002");
        assertThat(counter.flag("STOKZ")).isTrue();
        assertThat(counter.decimal("ISMNW")).isEqualByComparingTo("-2");
        assertThat(counter.value("EXTID")).isNull();
        assertThat(bench.now(last).flag("STOKZ")).isTrue();
        assertThat(operation().decimal("ISMNW")).isEqualByComparingTo("1");
        assertThat(operation().text("STATUSES")).isEqualTo("REL PCNF");
        assertThat(bench.now(order).has("PCNF")).isTrue();

        bench.call(IcwpModel.CANCEL_CONFIRMATION, last.text("RUECK"), "00000001");
        assertThat(operation().text("STATUSES")).isEqualTo("REL");
        assertThat(bench.now(order).text("STATUSES")).isEqualTo("REL PRC NMAT SETC");
        assertThat(bench.now(order).date("GSTRI")).isNull();
    }

    @Test
    void areCancelledOnceAndOnlyWhileTheOrderIsReleased() {
        var first = bench.confirm(order, "ISMNW", TWO);
        var second = bench.confirm(order, "ISMNW", TWO);
        bench.call(IcwpModel.CANCEL_CONFIRMATION, first.text("RUECK"), first.text("RMZHL"));
        bench.refused(
                "RU/122", () -> bench.call(IcwpModel.CANCEL_CONFIRMATION, first.text("RUECK"), first.text("RMZHL")));
        bench.refused("RU/122", () -> bench.call(IcwpModel.CANCEL_CONFIRMATION, first.text("RUECK"), "00000003"));
        bench.refused("RU/007", () -> bench.call(IcwpModel.CANCEL_CONFIRMATION, first.text("RUECK"), "00000099"));
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        bench.refused(
                "BS/013", () -> bench.call(IcwpModel.CANCEL_CONFIRMATION, second.text("RUECK"), second.text("RMZHL")));
    }
}
