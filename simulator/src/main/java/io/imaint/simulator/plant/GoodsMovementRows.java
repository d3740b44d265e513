package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;

/** The generated goods movements: what was withdrawn for an order, in one document. */
final class GoodsMovementRows extends RowMaker {

    private final ComponentFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    GoodsMovementRows(Company company) {
        super(IcwpModel.GOODS_MOVEMENT, company);
        this.facts = new ComponentFacts(company);
        this.tally = company.tally(IcwpModel.GOODS_MOVEMENT);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.GOODS_MOVEMENT));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        return switch (part) {
            case 0 -> document(walk.parent());
            case 1 -> year(index);
            default -> Digits.of(walk.child() + 1L, 4);
        };
    }

    private static String document(long order) {
        return Digits.of(4_900_000_001L + order, 10);
    }

    private String year(long index) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        return Digits.of(Days.date(facts.order.worked()).getYear(), 4);
    }

    @Override
    void fill(long index, RowValues row) {
        row.put("MJAHR", year(index));
        OrderFacts order = facts.order;
        int minute = company.dice.between(Roll.CHANGED_TIME, order.order, 6 * 60, 21 * 60);
        row.put("MBLNR", document(order.order));
        row.put("ZEILE", facts.itemNumber());
        row.put("BWART", "261");
        row.put("MATNR", facts.part.material());
        row.put("WERKS", order.plant().werks());
        row.put("LGORT", facts.part.storage());
        row.put("UMLGO", null);
        row.put("CHARG", null);
        row.put("MENGE", BigDecimal.valueOf(facts.withdrawn * 1000L, 3));
        row.put("MEINS", facts.part.unit());
        row.put("SHKZG", "H");
        row.put("AUFNR", Company.orderNumber(order.order));
        row.put("RSNUM", Company.reservation(order.order));
        row.put("RSPOS", facts.itemNumber());
        row.put("SGTXT", facts.part.text());
        row.put("WEMPF", company.user(Roll.CHANGER, order.order));
        row.put("XBLNR", null);
        row.put("BUDAT", Days.date(order.worked()));
        row.put("BLDAT", row.get("BUDAT"));
        row.put("SMBLN", null);
        row.put("SJAHR", null);
        row.put("SMBLP", null);
        row.put("USNAM", company.user(Roll.AUTHOR, order.order));
        row.put("CPUDT", row.get("BUDAT"));
        row.put("CPUTM", Days.time(minute));
        row.put("CHANGEDAT", Days.instant(order.worked(), minute * 60));
    }
}
