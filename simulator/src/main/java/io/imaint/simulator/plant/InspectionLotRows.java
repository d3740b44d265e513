package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;

/** The generated inspection lots: one for each order for an inspection, from its release. */
final class InspectionLotRows extends RowMaker {

    private static final BigDecimal ONE = BigDecimal.valueOf(1000, 3);

    private final InspectionFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    InspectionLotRows(Company company) {
        super(IcwpModel.INSPECTION_LOT, company);
        this.facts = new InspectionFacts(company);
        this.tally = company.tally(IcwpModel.INSPECTION_LOT);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.INSPECTION_LOT));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        return Company.inspectionLot(walk.parent());
    }

    @Override
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent());
        OrderFacts order = facts.order;
        String number = Company.inspectionLot(order.order);
        row.put("PRUEFLOS", number);
        row.put("WERK", order.plant().werks());
        // Inspection type and origin 14 are those of plant maintenance.
        row.put("ART", "14");
        row.put("HERKUNFT", "14");
        row.put("AUFNR", Company.orderNumber(order.order));
        row.put("EQUNR", Company.equipmentNumber(order.equipment));
        row.put("TPLNR", order.location());
        row.put("KTEXTLOS", order.text());
        row.put("LOSMENGE", ONE);
        row.put("MENGENEINH", "PC");
        row.put("ENSTEHDAT", Days.date(order.released));
        row.put("PASTRTERM", Days.date(order.basicStart));
        row.put("PAENDTERM", Days.date(order.basicFinish));
        row.put("STATUSES", facts.decided() ? "REL UD RREC" : facts.recorded() ? "REL RREC" : "REL");
        row.put("OBJNR", "QL".concat(number));
        row.put(
                "CHANGEDAT",
                Days.instant(
                        facts.decided()
                                ? order.technicallyCompleted
                                : facts.recorded() ? order.actualFinish : order.released,
                        15 * 3600));
    }
}
