package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated inspection characteristics: in each lot what the gauge of the equipment shows, and what is seen. */
final class InspectionCharacteristicRows extends RowMaker {
    private static final int PRUEFLOS = IcwpModel.INSPECTION_CHARACTERISTIC.place("PRUEFLOS");
    private static final int VORGLFNR = IcwpModel.INSPECTION_CHARACTERISTIC.place("VORGLFNR");
    private static final int MERKNR = IcwpModel.INSPECTION_CHARACTERISTIC.place("MERKNR");
    private static final int KURZTEXT = IcwpModel.INSPECTION_CHARACTERISTIC.place("KURZTEXT");
    private static final int VERWMERKM = IcwpModel.INSPECTION_CHARACTERISTIC.place("VERWMERKM");
    private static final int QUANTITATIV = IcwpModel.INSPECTION_CHARACTERISTIC.place("QUANTITATIV");
    private static final int SOLLWERT = IcwpModel.INSPECTION_CHARACTERISTIC.place("SOLLWERT");
    private static final int TOLERANZUN = IcwpModel.INSPECTION_CHARACTERISTIC.place("TOLERANZUN");
    private static final int TOLERANZOB = IcwpModel.INSPECTION_CHARACTERISTIC.place("TOLERANZOB");
    private static final int MASSEINHSW = IcwpModel.INSPECTION_CHARACTERISTIC.place("MASSEINHSW");
    private static final int STELLEN = IcwpModel.INSPECTION_CHARACTERISTIC.place("STELLEN");
    private static final int AUSWMENGE1 = IcwpModel.INSPECTION_CHARACTERISTIC.place("AUSWMENGE1");
    private static final int MITTELWERT = IcwpModel.INSPECTION_CHARACTERISTIC.place("MITTELWERT");
    private static final int GRUPPE1 = IcwpModel.INSPECTION_CHARACTERISTIC.place("GRUPPE1");
    private static final int CODE1 = IcwpModel.INSPECTION_CHARACTERISTIC.place("CODE1");
    private static final int MBEWERTG = IcwpModel.INSPECTION_CHARACTERISTIC.place("MBEWERTG");
    private static final int PRUEFBEMKT = IcwpModel.INSPECTION_CHARACTERISTIC.place("PRUEFBEMKT");
    private static final int PRUEFER = IcwpModel.INSPECTION_CHARACTERISTIC.place("PRUEFER");
    private static final int SATZSTATUS = IcwpModel.INSPECTION_CHARACTERISTIC.place("SATZSTATUS");
    private static final int AENDERDAT = IcwpModel.INSPECTION_CHARACTERISTIC.place("AENDERDAT");
    private static final int CHANGEDAT = IcwpModel.INSPECTION_CHARACTERISTIC.place("CHANGEDAT");

    private static final int PER_LOT = 2;

    private final InspectionFacts facts;
    private final Tally lots;
    private final Tally.Walk walk;

    InspectionCharacteristicRows(Company company) {
        super(company);
        this.facts = new InspectionFacts(company);
        this.lots = company.tally(IcwpModel.INSPECTION_LOT);
        this.walk = lots.walk(OrderChildren.of(company, IcwpModel.INSPECTION_LOT));
    }

    @Override
    public long count() {
        return lots.total() * PER_LOT;
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index / PER_LOT);
        return switch (part) {
            case 0 -> Company.inspectionLot(walk.parent());
            case 1 -> node(company.operations(walk.parent()));
            default -> number(index);
        };
    }

    /** The main operation of the order. */
    private String node(int operations) {
        return Digits.of(company.tables.mainSteps[operations - 1] + 1L, 8);
    }

    private static String number(long index) {
        return Digits.of((index % PER_LOT + 1) * 10, 4);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index / PER_LOT);
        facts.roll(walk.parent());
        boolean recorded = facts.recorded();
        row[PRUEFLOS] = Company.inspectionLot(walk.parent());
        row[VORGLFNR] = node(facts.order.operations);
        row[MERKNR] = number(index);
        row[PRUEFBEMKT] = null;
        row[PRUEFER] = recorded ? facts.inspector() : null;
        // 0 can be processed, 5 is closed.
        row[SATZSTATUS] = recorded ? "5" : "0";
        row[AENDERDAT] = Days.dateIf(recorded, facts.order.actualFinish);
        row[CHANGEDAT] = Days.instant(recorded ? facts.order.actualFinish : facts.order.released, 15 * 3600);
        if (index % PER_LOT == 0) {
            fillMeasured(row, recorded);
        } else {
            fillSeen(row, recorded);
        }
    }

    private void fillMeasured(@Nullable Object[] row, boolean recorded) {
        Kit.Point gauge = facts.gauge;
        row[KURZTEXT] = gauge.text();
        row[VERWMERKM] = gauge.characteristic();
        row[QUANTITATIV] = "X";
        row[SOLLWERT] = gauge.reading(gauge.target());
        row[TOLERANZUN] = gauge.reading(gauge.low());
        row[TOLERANZOB] = gauge.reading(gauge.high());
        row[MASSEINHSW] = gauge.unit();
        row[STELLEN] = gauge.decimals();
        row[AUSWMENGE1] = null;
        row[MITTELWERT] = recorded ? gauge.reading(facts.measured) : null;
        row[GRUPPE1] = null;
        row[CODE1] = null;
        row[MBEWERTG] = recorded ? valuation(facts.within()) : null;
    }

    private void fillSeen(@Nullable Object[] row, boolean recorded) {
        row[KURZTEXT] = "Visual inspection";
        row[VERWMERKM] = "VISUAL";
        row[QUANTITATIV] = null;
        row[SOLLWERT] = null;
        row[TOLERANZUN] = null;
        row[TOLERANZOB] = null;
        row[MASSEINHSW] = null;
        row[STELLEN] = null;
        row[AUSWMENGE1] = InspectionFacts.FINDINGS;
        row[MITTELWERT] = null;
        row[GRUPPE1] = recorded ? InspectionFacts.FINDINGS : null;
        row[CODE1] = recorded ? facts.finding : null;
        row[MBEWERTG] = recorded ? valuation(!facts.finding.equals("NOK")) : null;
    }

    private static String valuation(boolean accepted) {
        return accepted ? "A" : "R";
    }
}
