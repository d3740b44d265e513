package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inspection lots: their results (QE01) and usage decisions (QA11). */
final class InspectionLots {
    /** SATZSTATUS of a characteristic whose result is known and valuated. */
    private static final String VALUATED = "5";

    private static final int SCORE_ACCEPTED = 100;
    private static final int SCORE_REJECTED = 1;

    private InspectionLots() {}

    private static Row open(Change change, String number) {
        var lot = Lookups.named(change, IcwpModel.INSPECTION_LOT, number);
        Lookups.unlocked(change, lot);
        return lot;
    }

    static Row recordResult(Change change, Row characteristic, Map<String, @Nullable Object> given) {
        change.requires("QE01");
        var lot = open(change, characteristic.text("PRUEFLOS"));
        if (Fields.alter(characteristic, given).isEmpty()
                && !characteristic.text("MBEWERTG").isEmpty()) {
            return characteristic;
        }
        StatusNetwork.LOT.requires(lot, Step.RECORD_RESULT);
        var valuation =
                characteristic.flag("QUANTITATIV") ? measured(characteristic) : attribute(change, characteristic);
        change.put(characteristic
                .set("MBEWERTG", valuation)
                .set("PRUEFER", change.user())
                .set("SATZSTATUS", VALUATED)
                .set("AENDERDAT", change.today()));
        if (!lot.has("RREC")) {
            change.put(SystemStatuses.set(lot, Set.of(), "RREC"));
        }
        return characteristic;
    }

    private static String measured(Row characteristic) {
        if (!characteristic.text("CODE1").isEmpty()
                || !characteristic.text("GRUPPE1").isEmpty()) {
            throw Refusal.business("QE/051", "A quantitative characteristic has a measured value, no code", "CODE1");
        }
        var value = characteristic.number("MITTELWERT");
        if (value == null || !Double.isFinite(value)) {
            throw Refusal.business("QE/052", "Enter a measured value", "MITTELWERT");
        }
        var low = characteristic.number("TOLERANZUN");
        var high = characteristic.number("TOLERANZOB");
        boolean inside = (low == null || value >= low) && (high == null || value <= high);
        return inside ? Catalogs.ACCEPTED : Catalogs.REJECTED;
    }

    private static String attribute(Change change, Row characteristic) {
        if (characteristic.number("MITTELWERT") != null) {
            throw Refusal.business(
                    "QE/053", "A qualitative characteristic has a code, no measured value", "MITTELWERT");
        }
        Fields.propose(characteristic, "GRUPPE1", characteristic.text("AUSWMENGE1"));
        Fields.requires(characteristic, "GRUPPE1", "CODE1");
        if (!characteristic.text("GRUPPE1").equals(characteristic.text("AUSWMENGE1"))) {
            throw Refusal.business(
                    "QE/054",
                    "Code group " + characteristic.text("GRUPPE1") + " is not that of the characteristic, "
                            + characteristic.text("AUSWMENGE1"),
                    "GRUPPE1");
        }
        if (Lookups.known(change, IcwpModel.CATALOG_CODE)) {
            Catalogs.code(
                    change,
                    Catalogs.CHARACTERISTIC_ATTRIBUTES,
                    characteristic.text("GRUPPE1"),
                    characteristic.text("CODE1"),
                    "CODE1");
        }
        return Catalogs.valuation(characteristic.text("CODE1"));
    }

    static Row decide(Change change, Draft draft) {
        change.requires("QA11");
        var decision = draft.row();
        Fields.requires(decision, "PRUEFLOS", "VCODEGRP", "VCODE");
        var lot = open(change, decision.text("PRUEFLOS"));
        StatusNetwork.LOT.requires(lot, Step.DECIDE);
        if (change.find(IcwpModel.USAGE_DECISION, decision.key()).isPresent()) {
            throw Refusal.business(
                    "QV/102", "A usage decision has already been made for lot " + Fields.shown(lot.text("PRUEFLOS")));
        }
        var characteristics = change.under(IcwpModel.INSPECTION_CHARACTERISTIC, decision.text("PRUEFLOS"));
        refuseIfOpen(characteristics);
        if (Lookups.known(change, IcwpModel.CATALOG_CODE)) {
            var code = Catalogs.code(
                    change, Catalogs.USAGE_DECISIONS, decision.text("VCODEGRP"), decision.text("VCODE"), "VCODE");
            Fields.propose(decision, "KURZTEXT", code.text("KURZTEXT"));
        }
        var valuation = Catalogs.valuation(decision.text("VCODE"));
        boolean accepted = valuation.equals(Catalogs.ACCEPTED);
        boolean anyRejected =
                characteristics.stream().anyMatch(one -> one.text("MBEWERTG").equals(Catalogs.REJECTED));
        if (accepted && anyRejected) {
            change.say(SapMessage.warning(
                    "QV/221", "The lot is accepted although characteristics were rejected", "VCODE"));
        }
        decision.set("VKATART", Catalogs.USAGE_DECISIONS)
                .set("VBEWERTUNG", valuation)
                .set("QKENNZAHL", accepted ? SCORE_ACCEPTED : SCORE_REJECTED)
                .set("VNAME", change.user())
                .set("VDATUM", change.today());
        change.put(SystemStatuses.set(lot, Set.of(), "UD"));
        change.say(SapMessage.success(
                "QV/103", "Usage decision for inspection lot " + Fields.shown(lot.text("PRUEFLOS")) + " saved"));
        return change.put(decision);
    }

    private static void refuseIfOpen(List<Row> characteristics) {
        var open = characteristics.stream()
                .filter(one -> one.text("MBEWERTG").isEmpty())
                .map(one -> Fields.shown(one.text("VORGLFNR")) + "/" + one.text("MERKNR"))
                .toList();
        if (!open.isEmpty()) {
            throw Refusal.business("QV/220", "Characteristics without a result: " + String.join(", ", open));
        }
    }
}
