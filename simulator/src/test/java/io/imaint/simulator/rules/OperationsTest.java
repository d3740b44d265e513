package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: operations are numbered, checked and released as in IW32. Method: each rule on one small order. */
class OperationsTest {
    private final Bench bench = new Bench();
    private Row order = bench.order();

    @BeforeEach
    void anOrder() {
        order = bench.order();
    }

    private Row operation(@Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 2];
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        all[0] = "AUFNR";
        all[1] = order.text("AUFNR");
        return bench.create(IcwpModel.OPERATION, all);
    }

    @Test
    void areNumberedInStepsOfTen() {
        assertThat(operation().text("VORNR")).isEqualTo("0020");
        assertThat(operation("VORNR", "0025").text("VORNR")).isEqualTo("0025");
        assertThat(operation().text("VORNR")).isEqualTo("0030");
        operation("VORNR", "9995");
        bench.refused("CN/021", this::operation);
    }

    @Test
    void aGivenNumberIsUniqueAndWellFormed() {
        assertThat(operation("VORNR", "50").text("VORNR")).isEqualTo("0050");
        bench.refused("CN/019", () -> operation("VORNR", "0050"));
        bench.refused("00/088", () -> operation("VORNR", "A1"));
    }

    @Test
    void aSuboperationNeedsItsOperation() {
        var suboperation = operation("VORNR", "0010", "UVORN", "0010");
        assertThat(suboperation.key()).containsExactly(order.text("AUFNR"), "0010", "0010");
        bench.refused("CN/018", () -> operation("VORNR", "0700", "UVORN", "0010"));
        bench.refused("CN/019", () -> operation("VORNR", "0010", "UVORN", "0010"));
    }

    @Test
    void eachHasItsOwnConfirmationCounterAndObjectNumber() {
        var first = bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "");
        var second = operation();
        assertThat(second.text("RUECK")).isNotEqualTo(first.text("RUECK")).hasSize(10);
        assertThat(second.text("APLZL")).isEqualTo("00000002");
        assertThat(second.text("OBJNR")).isEqualTo("OV" + order.text("AUFPL") + "00000002");
        assertThat(second.text("STEUS")).isEqualTo("PM01");
        assertThat(second.text("ARBEH")).isEqualTo("H");
    }

    @Test
    void areReleasedAtOnceInAReleasedOrder() {
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        assertThat(operation().text("STATUSES")).isEqualTo("REL");
    }

    @Test
    void oneMoreMakesAConfirmedOrderPartlyConfirmed() {
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        bench.confirm(order, "AUERU", "X");
        assertThat(bench.now(order).has("CNF")).isTrue();
        operation();
        assertThat(bench.now(order).has("PCNF")).isTrue();
        assertThat(bench.now(order).has("CNF")).isFalse();
        assertThat(bench.now(order).date("GETRI")).isNull();
    }

    @Test
    void refuseWhatCannotBe() {
        bench.refused("00/086", () -> operation("ARBEI", new BigDecimal("-1")));
        bench.refused("BM/302", () -> operation("ARBEH", "DAY"));
        bench.refused("CR/025", () -> operation("ARBPL", "NONE", "WERKS", "1000"));
        bench.refused("PG/001", () -> operation("PERNR", "00000099"));
        bench.refused("00/056", () -> operation("FSAVD", TODAY, "SSEDD", TODAY.minusDays(1)));
        assertThat(operation("PERNR", "00000007").text("PERNR")).isEqualTo("00000007");
        assertThat(operation("PERNR", "00000000").value("PERNR")).isNull();
    }

    @Test
    void areChangedUntilTheWorkIsDone() {
        var operation = operation();
        assertThat(bench.update(operation, "ARBEI", new BigDecimal("3.5")).decimal("ARBEI"))
                .isEqualByComparingTo("3.5");
        bench.refused("00/086", () -> bench.update(operation, "ARBEI", new BigDecimal("-3.5")));
        bench.refused("PG/001", () -> bench.update(operation, "PERNR", "00000099"));
        bench.refused("00/055", () -> bench.update(operation, "ARBEH", null));
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        bench.refused("BS/013", () -> bench.update(operation, "ARBEI", BigDecimal.ONE));
        bench.refused("BS/013", this::operation);
    }

    @Test
    void anotherUnitConvertsWhatWasConfirmed() {
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        bench.confirm(order, "ISMNW", new BigDecimal("1.5"));
        var operation = bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "");
        assertThat(bench.update(operation, "ARBEH", "MIN").decimal("ISMNW")).isEqualByComparingTo("90");
    }
}
