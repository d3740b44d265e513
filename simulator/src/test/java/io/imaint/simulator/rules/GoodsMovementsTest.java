package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: no piece of stock appears or disappears. Method: each rule with the workshop's ten bearings. */
class GoodsMovementsTest {
    private final Bench bench = new Bench();
    private final Row order = bench.releasedOrder();

    private Row move(String type, String quantity, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 4];
        System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
        all[0] = "BWART";
        all[1] = type;
        all[2] = "MENGE";
        all[3] = new BigDecimal(quantity);
        return bench.create(IcwpModel.GOODS_MOVEMENT, all);
    }

    private Row issue(String quantity) {
        return move("261", quantity, bearings());
    }

    private @Nullable Object[] bearings() {
        return new @Nullable Object[] {
            "AUFNR", order.text("AUFNR"), "MATNR", Workshop.BEARING, "WERKS", "1000", "LGORT", "0001"
        };
    }

    private BigDecimal stock(String location) {
        return bench.now(IcwpModel.STOCK, Workshop.BEARING, "1000", location).decimal("LABST");
    }

    private Row component(String quantity) {
        return bench.create(
                IcwpModel.COMPONENT,
                "AUFNR",
                order.text("AUFNR"),
                "MATNR",
                Workshop.BEARING,
                "BDMNG",
                new BigDecimal(quantity));
    }

    private Row reserved(String type, Row component, String quantity) {
        return move(type, quantity, "RSNUM", component.text("RSNUM"), "RSPOS", component.text("RSPOS"));
    }

    @Test
    void anIssueTakesFromStockForTheOrder() {
        var external = UUID.randomUUID();
        var document = bench.create(
                IcwpModel.GOODS_MOVEMENT,
                "BWART",
                "261",
                "MENGE",
                new BigDecimal("4"),
                "AUFNR",
                order.text("AUFNR"),
                "MATNR",
                Workshop.BEARING,
                "WERKS",
                "1000",
                "LGORT",
                "0001",
                "EXTID",
                external);
        assertThat(document.key()).containsExactly("0000000001", "2026", "0001");
        assertThat(document.text("SHKZG")).isEqualTo("H");
        assertThat(document.text("MEINS")).isEqualTo("PC");
        assertThat(document.text("USNAM")).isEqualTo("ADA");
        assertThat(document.date("BUDAT")).isEqualTo(TODAY);
        assertThat(document.value("EXTID")).isEqualTo(external);
        assertThat(stock("0001")).isEqualByComparingTo("6");
        assertThat(bench.now(order).has("GMPS")).isTrue();
        assertThat(bench.said.getFirst().text()).isEqualTo("Material document 1 posted");
    }

    @Test
    void stockNeverFallsBelowZero() {
        issue("10");
        var refusal = bench.refused("M7/021", () -> issue("0.5"));
        assertThat(refusal.getMessage()).isEqualTo("Deficit of SL Unrestricted-use 0.5 PC : BEARING-6205 1000 0001");
        assertThat(stock("0001")).isEqualByComparingTo("0");
    }

    @Test
    void anIssueNeedsAReleasedOrder() {
        var created = bench.order();
        bench.refused("BS/013", () -> move("261", "1", with("AUFNR", created.text("AUFNR"))));
        bench.refused("00/055", () -> move("261", "1", with("AUFNR", null)));
        bench.refused("IW/010", () -> move("261", "1", with("AUFNR", "000000099999")));
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        bench.refused("BS/013", () -> issue("1"));
    }

    private @Nullable Object[] with(String name, @Nullable Object value) {
        var all = bearings();
        for (int i = 0; i < all.length; i += 2) {
            if (name.equals(all[i])) {
                all[i + 1] = value;
                return all;
            }
        }
        var more = Arrays.copyOf(all, all.length + 2);
        more[all.length] = name;
        more[all.length + 1] = value;
        return more;
    }

    @Test
    void refuseWhatCannotBe() {
        bench.refused("M7/097", () -> move("101", "1", bearings()));
        bench.refused("M3/305", () -> move("261", "1", with("MATNR", "NONE")));
        bench.refused("M3/306", () -> move("261", "1", with("MATNR", "GONE")));
        bench.refused("M3/014", () -> move("261", "1", with("WERKS", "9999")));
        bench.refused("M3/351", () -> move("261", "1", with("LGORT", "0009")));
        bench.refused("M7/305", () -> move("261", "1", with("MEINS", "KG")));
        bench.refused("M7/017", () -> issue("0"));
        bench.refused("M7/017", () -> issue("-1"));
        bench.refused("M7/018", () -> issue("0.0001"));
        bench.refused("M7/053", () -> move("261", "1", with("BUDAT", TODAY.plusDays(1))));
        bench.refused("M7/100", () -> move("261", "1", with("UMLGO", "0002")));
        bench.refused("NR/013", () -> move("261", "1", with("MBLNR", "0000000042")));
        bench.refused("M7/031", () -> move("261", "1", "RSNUM", "0000000001", "RSPOS", "0001"));
    }

    @Test
    void theReservationFollowsWhatIsWithdrawn() {
        var component = component("3");
        var document = reserved("261", component, "2");
        assertThat(document.text("AUFNR")).isEqualTo(order.text("AUFNR"));
        assertThat(document.text("LGORT")).isEqualTo("0001");
        assertThat(bench.now(component).decimal("ENMNG")).isEqualByComparingTo("2");
        assertThat(bench.now(component).flag("KZEAR")).isFalse();
        reserved("261", component, "1");
        assertThat(bench.now(component).flag("KZEAR")).isTrue();
        reserved("261", component, "1");
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("M7/362"));
        reserved("262", component, "2");
        assertThat(bench.now(component).decimal("ENMNG")).isEqualByComparingTo("2");
        assertThat(bench.now(component).flag("KZEAR")).isFalse();
        bench.refused("M7/037", () -> reserved("262", component, "2.5"));
        bench.refused(
                "M7/035",
                () -> move("261", "1", "RSNUM", component.text("RSNUM"), "RSPOS", "0001", "MATNR", Workshop.OIL));
    }

    @Test
    void aReturnGoesBackToStockEvenWhenTheWorkIsDone() {
        var created = bench.order();
        issue("4");
        bench.call(IcwpModel.COMPLETE_ORDER, order.text("AUFNR"));
        var document = move("262", "3", bearings());
        assertThat(document.text("SHKZG")).isEqualTo("S");
        assertThat(stock("0001")).isEqualByComparingTo("9");
        bench.refused("BS/013", () -> move("262", "1", with("AUFNR", created.text("AUFNR"))));
    }

    private Row transfer(String quantity, String from, String to) {
        return move("311", quantity, "MATNR", Workshop.BEARING, "WERKS", "1000", "LGORT", from, "UMLGO", to);
    }

    @Test
    void aTransferMovesBetweenStorageLocationsInTwoItems() {
        var document = transfer("3", "0001", "0002");
        assertThat(stock("0001")).isEqualByComparingTo("7");
        assertThat(stock("0002")).isEqualByComparingTo("5");
        var receiving = bench.now(IcwpModel.GOODS_MOVEMENT, document.text("MBLNR"), "2026", "0002");
        assertThat(receiving.text("LGORT")).isEqualTo("0002");
        assertThat(receiving.text("SHKZG")).isEqualTo("S");
        bench.refused("M7/021", () -> transfer("8", "0001", "0002"));
        bench.refused("M7/099", () -> transfer("1", "0001", "0001"));
        bench.refused("M7/002", () -> transfer("1", "0001", "0009"));
        bench.refused("00/055", () -> move("311", "1", with("AUFNR", null)));
        bench.refused("M7/098", () -> move("311", "1", with("UMLGO", "0002")));
    }

    @Test
    void theFirstOfAMaterialIsEnteredAtItsNewPlace() {
        transfer("1", "0001", "0003");
        assertThat(stock("0003")).isEqualByComparingTo("1");
    }

    @Test
    void aCancelledDocumentIsMovedBackByAnother() {
        var component = component("3");
        var document = reserved("261", component, "2");
        var back = bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, document.text("MBLNR"), "2026");
        assertThat(back.text("BWART")).isEqualTo("262");
        assertThat(back.text("SMBLN")).isEqualTo(document.text("MBLNR"));
        assertThat(back.text("SJAHR")).isEqualTo("2026");
        assertThat(back.text("SMBLP")).isEqualTo("0001");
        assertThat(stock("0001")).isEqualByComparingTo("10");
        assertThat(bench.now(component).decimal("ENMNG")).isEqualByComparingTo("0");
        bench.refused("M7/200", () -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, document.text("MBLNR"), "2026"));
        bench.refused("M7/200", () -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, back.text("MBLNR"), "2026"));
        bench.refused("M7/042", () -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, "0000009999", "2026"));
    }

    @Test
    void aReturnIsCancelledOnlyWhileItsGoodsAreStillThere() {
        issue("4");
        var returned = move("262", "4", bearings());
        issue("8");
        bench.refused("M7/021", () -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, returned.text("MBLNR"), "2026"));
    }

    @Test
    void aCancelledTransferGoesTheWayBack() {
        var document = transfer("3", "0001", "0002");
        var back = bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, document.text("MBLNR"), "2026");
        assertThat(back.text("BWART")).isEqualTo("312");
        assertThat(stock("0001")).isEqualByComparingTo("10");
        assertThat(stock("0002")).isEqualByComparingTo("2");
        assertThat(bench.now(IcwpModel.GOODS_MOVEMENT, back.text("MBLNR"), "2026", "0002")
                        .text("SMBLP"))
                .isEqualTo("0002");
    }

    @Test
    void theYearIsThatOfThePostingDate() {
        var document = move("261", "1", with("BUDAT", LocalDate.of(2025, 12, 31)));
        assertThat(document.text("MJAHR")).isEqualTo("2025");
    }
}
