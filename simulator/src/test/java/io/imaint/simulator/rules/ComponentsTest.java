package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: components reserve what exists where it is kept. Method: each rule on one small order. */
class ComponentsTest {
    private final Bench bench = new Bench();
    private final Row order = bench.order();

    private Row component(@Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 2];
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        all[0] = "AUFNR";
        all[1] = order.text("AUFNR");
        return bench.create(IcwpModel.COMPONENT, all);
    }

    private Row bearing() {
        return component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.TWO);
    }

    @Test
    void takeTheirTextUnitAndPlaceFromTheMaterial() {
        var component = bearing();
        assertThat(component.key()).containsExactly(order.text("RSNUM"), "0001");
        assertThat(component.text("MAKTX")).isEqualTo("Ball bearing");
        assertThat(component.text("MEINS")).isEqualTo("PC");
        assertThat(component.text("LGORT")).isEqualTo("0001");
        assertThat(component.text("VORNR")).isEqualTo("0010");
        assertThat(component.text("BWART")).isEqualTo("261");
        assertThat(component.text("POSTP")).isEqualTo("L");
        assertThat(component.date("BDTER")).isEqualTo(order.date("GSTRP"));
        assertThat(bearing().text("RSPOS")).isEqualTo("0002");
        assertThat(bench.now(order).has("NMAT")).isFalse();
    }

    @Test
    void refuseWhatDoesNotExist() {
        bench.refused("M3/305", () -> component("MATNR", "NONE", "BDMNG", BigDecimal.ONE));
        bench.refused("M3/306", () -> component("MATNR", "GONE", "BDMNG", BigDecimal.ONE));
        bench.refused("M3/351", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE, "LGORT", "0009"));
        bench.refused("CN/018", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE, "VORNR", "0090"));
        bench.refused("M3/014", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE, "WERKS", "9"));
        bench.refused("M7/305", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE, "MEINS", "L"));
        bench.refused("00/055", () -> component("MATNR", Workshop.BEARING));
        bench.refused("M7/017", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ZERO));
        bench.refused("M7/018", () -> component("MATNR", Workshop.BEARING, "BDMNG", new BigDecimal("0.0001")));
        bench.refused("M3/101", () -> component("MATNR", Workshop.BEARING, "BDMNG", BigDecimal.ONE, "POSTP", "Z"));
    }

    @Test
    void withoutAMaterialNeedTextAndUnit() {
        assertThat(component("MAKTX", "Hire a crane", "MEINS", "H", "BDMNG", BigDecimal.ONE)
                        .text("POSTP"))
                .isEqualTo("N");
        bench.refused("00/055", () -> component("MEINS", "H", "BDMNG", BigDecimal.ONE));
    }

    @Test
    void belongToOneReservation() {
        bench.refused("M7/032", () -> component("RSNUM", "0000000042", "MATNR", Workshop.OIL, "BDMNG", BigDecimal.ONE));
        bearing();
        var second = bench.create(
                IcwpModel.COMPONENT, "RSNUM", order.text("RSNUM"), "MATNR", Workshop.OIL, "BDMNG", BigDecimal.ONE);
        assertThat(second.text("AUFNR")).isEqualTo(order.text("AUFNR"));
        bench.refused("M7/034", () -> component("RSPOS", "2", "MATNR", Workshop.OIL, "BDMNG", BigDecimal.ONE));
    }

    @Test
    void areCompleteWhenAllIsWithdrawn() {
        var component = bearing();
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        issue(component, BigDecimal.TWO);
        assertThat(bench.now(component).flag("KZEAR")).isTrue();
        assertThat(bench.update(component, "BDMNG", BigDecimal.TEN).flag("KZEAR"))
                .isFalse();
        assertThat(bench.update(component, "KZEAR", "X").flag("KZEAR")).isTrue();
        bench.refused("00/002", () -> bench.update(component, "KZEAR", "?"));
        bench.refused("M3/351", () -> bench.update(component, "LGORT", "0009"));
    }

    private void issue(Row component, BigDecimal quantity) {
        bench.create(
                IcwpModel.GOODS_MOVEMENT,
                "BWART",
                "261",
                "RSNUM",
                component.text("RSNUM"),
                "RSPOS",
                component.text("RSPOS"),
                "MENGE",
                quantity);
    }

    @Test
    void areDeletedUntilSomethingIsWithdrawn() {
        var first = bearing();
        var second = bearing();
        bench.delete(first);
        assertThat(bench.state.find(IcwpModel.COMPONENT, first.key())).isEmpty();
        assertThat(bench.now(order).has("NMAT")).isFalse();
        bench.call(IcwpModel.RELEASE_ORDER, order.text("AUFNR"));
        issue(second, BigDecimal.ONE);
        bench.refused("CO/463", () -> bench.delete(second));
        var third = bearing();
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        bench.refused("BS/013", () -> bench.delete(third));
        bench.refused("BS/013", () -> bench.update(third, "BDMNG", BigDecimal.TEN));
        bench.refused("BS/013", this::bearing);
    }

    @Test
    void theLastOneLeavesAnOrderWithoutMaterial() {
        bench.delete(bearing());
        assertThat(bench.now(order).has("NMAT")).isTrue();
        assertThat(List.copyOf(bench.now(order).key())).isEqualTo(order.key());
    }
}
