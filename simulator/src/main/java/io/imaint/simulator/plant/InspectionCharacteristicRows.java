package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated inspection characteristics: in each lot what the gauge of the equipment shows, and what is seen. */
final class InspectionCharacteristicRows extends RowMaker {

    private static final int PER_LOT = 2;

    private final InspectionFacts facts;
    private final Tally lots;
    private final Tally.Walk walk;

    InspectionCharacteristicRows(Company company) {
        super(IcwpModel.INSPECTION_CHARACTERISTIC, company);
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
    void fill(long index, RowValues row) {
        walk.seek(index / PER_LOT);
        facts.roll(walk.parent());
        boolean recorded = facts.recorded();
        row.put("PRUEFLOS", Company.inspectionLot(walk.parent()));
        row.put("VORGLFNR", node(facts.order.operations));
        row.put("MERKNR", number(index));
        row.put("PRUEFBEMKT", null);
        row.put("PRUEFER", recorded ? facts.inspector() : null);
        // 0 can be processed, 5 is closed.
        row.put("SATZSTATUS", recorded ? "5" : "0");
        row.put("AENDERDAT", Days.dateIf(recorded, facts.order.actualFinish));
        row.put("CHANGEDAT", Days.instant(recorded ? facts.order.actualFinish : facts.order.released, 15 * 3600));
        if (index % PER_LOT == 0) {
            fillMeasured(row, recorded);
        } else {
            fillSeen(row, recorded);
        }
    }

    private void fillMeasured(RowValues row, boolean recorded) {
        Kit.Point gauge = facts.gauge;
        row.put("KURZTEXT", gauge.text());
        row.put("VERWMERKM", gauge.characteristic());
        row.put("QUANTITATIV", "X");
        row.put("SOLLWERT", gauge.reading(gauge.target()));
        row.put("TOLERANZUN", gauge.reading(gauge.low()));
        row.put("TOLERANZOB", gauge.reading(gauge.high()));
        row.put("MASSEINHSW", gauge.unit());
        row.put("STELLEN", gauge.decimals());
        row.put("AUSWMENGE1", null);
        row.put("MITTELWERT", recorded ? gauge.reading(facts.measured) : null);
        row.put("GRUPPE1", null);
        row.put("CODE1", null);
        row.put("MBEWERTG", recorded ? valuation(facts.within()) : null);
    }

    private void fillSeen(RowValues row, boolean recorded) {
        row.put("KURZTEXT", "Visual inspection");
        row.put("VERWMERKM", "VISUAL");
        row.put("QUANTITATIV", null);
        row.put("SOLLWERT", null);
        row.put("TOLERANZUN", null);
        row.put("TOLERANZOB", null);
        row.put("MASSEINHSW", null);
        row.put("STELLEN", null);
        row.put("AUSWMENGE1", InspectionFacts.FINDINGS);
        row.put("MITTELWERT", null);
        row.put("GRUPPE1", recorded ? InspectionFacts.FINDINGS : null);
        row.put("CODE1", recorded ? facts.finding : null);
        row.put("MBEWERTG", recorded ? valuation(!facts.finding.equals("NOK")) : null);
    }

    private static String valuation(boolean accepted) {
        return accepted ? "A" : "R";
    }
}
