package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The generated inspection lots: one for each order for an inspection, from its release. */
final class InspectionLotRows extends RowMaker {
    private static final int PRUEFLOS = IcwpModel.INSPECTION_LOT.place("PRUEFLOS");
    private static final int WERK = IcwpModel.INSPECTION_LOT.place("WERK");
    private static final int ART = IcwpModel.INSPECTION_LOT.place("ART");
    private static final int HERKUNFT = IcwpModel.INSPECTION_LOT.place("HERKUNFT");
    private static final int AUFNR = IcwpModel.INSPECTION_LOT.place("AUFNR");
    private static final int EQUNR = IcwpModel.INSPECTION_LOT.place("EQUNR");
    private static final int TPLNR = IcwpModel.INSPECTION_LOT.place("TPLNR");
    private static final int KTEXTLOS = IcwpModel.INSPECTION_LOT.place("KTEXTLOS");
    private static final int LOSMENGE = IcwpModel.INSPECTION_LOT.place("LOSMENGE");
    private static final int MENGENEINH = IcwpModel.INSPECTION_LOT.place("MENGENEINH");
    private static final int ENSTEHDAT = IcwpModel.INSPECTION_LOT.place("ENSTEHDAT");
    private static final int PASTRTERM = IcwpModel.INSPECTION_LOT.place("PASTRTERM");
    private static final int PAENDTERM = IcwpModel.INSPECTION_LOT.place("PAENDTERM");
    private static final int STATUSES = IcwpModel.INSPECTION_LOT.place("STATUSES");
    private static final int OBJNR = IcwpModel.INSPECTION_LOT.place("OBJNR");
    private static final int CHANGEDAT = IcwpModel.INSPECTION_LOT.place("CHANGEDAT");

    private static final BigDecimal ONE = BigDecimal.valueOf(1000, 3);

    private final InspectionFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    InspectionLotRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent());
        OrderFacts order = facts.order;
        String number = Company.inspectionLot(order.order);
        row[PRUEFLOS] = number;
        row[WERK] = order.plant().werks();
        // Inspection type and origin 14 are those of plant maintenance.
        row[ART] = "14";
        row[HERKUNFT] = "14";
        row[AUFNR] = Company.orderNumber(order.order);
        row[EQUNR] = Company.equipmentNumber(order.equipment);
        row[TPLNR] = order.location();
        row[KTEXTLOS] = order.text();
        row[LOSMENGE] = ONE;
        row[MENGENEINH] = "PC";
        row[ENSTEHDAT] = Days.date(order.released);
        row[PASTRTERM] = Days.date(order.basicStart);
        row[PAENDTERM] = Days.date(order.basicFinish);
        row[STATUSES] = facts.decided() ? "REL UD RREC" : facts.recorded() ? "REL RREC" : "REL";
        row[OBJNR] = "QL".concat(number);
        row[CHANGEDAT] = Days.instant(
                facts.decided() ? order.technicallyCompleted : facts.recorded() ? order.actualFinish : order.released,
                15 * 3600);
    }
}
