package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import org.junit.jupiter.api.Test;

/** Goal: results are valuated and a lot is decided once, when all are known. Method: each rule on the workshop's lot. */
class InspectionLotsTest {
    private final Bench bench = new Bench();

    private Row characteristic(String number) {
        return bench.now(IcwpModel.INSPECTION_CHARACTERISTIC, Workshop.LOT, "00000001", number);
    }

    private Row measured(double value) {
        return bench.update(characteristic("0001"), "MITTELWERT", value);
    }

    private Row found(String code) {
        return bench.update(characteristic("0002"), "CODE1", code);
    }

    private Row decide(String code) {
        return bench.create(IcwpModel.USAGE_DECISION, "PRUEFLOS", Workshop.LOT, "VCODEGRP", "UD-PM", "VCODE", code);
    }

    @Test
    void aMeasuredValueIsValuatedByItsTolerances() {
        var result = measured(10.5);
        assertThat(result.text("MBEWERTG")).isEqualTo("A");
        assertThat(result.text("SATZSTATUS")).isEqualTo("5");
        assertThat(result.text("PRUEFER")).isEqualTo("ADA");
        assertThat(result.date("AENDERDAT")).isEqualTo(TODAY);
        assertThat(measured(10.51).text("MBEWERTG")).isEqualTo("R");
        assertThat(measured(9.49).text("MBEWERTG")).isEqualTo("R");
        assertThat(bench.now(IcwpModel.INSPECTION_LOT, Workshop.LOT).text("STATUSES"))
                .isEqualTo("REL RREC");
    }

    @Test
    void anAttributeIsValuatedByItsCode() {
        assertThat(found("OK").text("MBEWERTG")).isEqualTo("A");
        assertThat(found("NOK").text("MBEWERTG")).isEqualTo("R");
        assertThat(characteristic("0002").text("GRUPPE1")).isEqualTo("IC-VIS");
    }

    @Test
    void theKindOfResultIsThatOfTheCharacteristic() {
        bench.refused("QE/051", () -> bench.update(characteristic("0001"), "MITTELWERT", 10.0, "CODE1", "OK"));
        bench.refused("QE/052", () -> bench.update(characteristic("0001"), "PRUEFBEMKT", "x"));
        bench.refused("QE/052", () -> measured(Double.POSITIVE_INFINITY));
        bench.refused("QE/053", () -> bench.update(characteristic("0002"), "MITTELWERT", 10.0));
        bench.refused("00/055", () -> bench.update(characteristic("0002"), "PRUEFBEMKT", "x"));
        bench.refused("QE/054", () -> bench.update(characteristic("0002"), "GRUPPE1", "OTHER", "CODE1", "OK"));
        bench.refused("QS/105", () -> found("MAYBE"));
    }

    @Test
    void isDecidedWhenAllResultsAreKnown() {
        measured(10);
        assertThat(bench.refused("QV/220", () -> decide("ACC")).getMessage()).endsWith("1/0002");
        found("OK");
        var decision = decide("ACC");
        assertThat(decision.text("VKATART")).isEqualTo("3");
        assertThat(decision.text("VBEWERTUNG")).isEqualTo("A");
        assertThat(decision.value("QKENNZAHL")).isEqualTo(100);
        assertThat(decision.text("VNAME")).isEqualTo("ADA");
        assertThat(bench.now(IcwpModel.INSPECTION_LOT, Workshop.LOT).has("UD")).isTrue();
    }

    @Test
    void isDecidedOnce() {
        measured(10);
        found("OK");
        decide("REJ");
        bench.refused("BS/013", () -> decide("ACC"));
        bench.refused("BS/013", () -> measured(9.8));
    }

    @Test
    void needsAKnownCode() {
        measured(10);
        found("OK");
        bench.refused("QS/105", () -> decide("MAYBE"));
        bench.refused("00/055", () -> decide(""));
        bench.refused(
                "QA/004",
                () -> bench.create(
                        IcwpModel.USAGE_DECISION, "PRUEFLOS", "000000000999", "VCODEGRP", "UD-PM", "VCODE", "ACC"));
    }

    @Test
    void acceptingARejectedResultIsSaidAloud() {
        measured(12);
        found("OK");
        decide("ACC");
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("QV/221"));
    }

    @Test
    void aRejectedLotScoresLow() {
        measured(12);
        found("NOK");
        var decision = decide("REJ");
        assertThat(decision.text("VBEWERTUNG")).isEqualTo("R");
        assertThat(decision.value("QKENNZAHL")).isEqualTo(1);
    }
}
