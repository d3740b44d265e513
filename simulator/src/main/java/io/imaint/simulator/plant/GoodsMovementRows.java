package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The generated goods movements: what was withdrawn for an order, in one document. */
final class GoodsMovementRows extends RowMaker {
    private static final int MBLNR = IcwpModel.GOODS_MOVEMENT.place("MBLNR");
    private static final int MJAHR = IcwpModel.GOODS_MOVEMENT.place("MJAHR");
    private static final int ZEILE = IcwpModel.GOODS_MOVEMENT.place("ZEILE");
    private static final int BWART = IcwpModel.GOODS_MOVEMENT.place("BWART");
    private static final int MATNR = IcwpModel.GOODS_MOVEMENT.place("MATNR");
    private static final int WERKS = IcwpModel.GOODS_MOVEMENT.place("WERKS");
    private static final int LGORT = IcwpModel.GOODS_MOVEMENT.place("LGORT");
    private static final int UMLGO = IcwpModel.GOODS_MOVEMENT.place("UMLGO");
    private static final int CHARG = IcwpModel.GOODS_MOVEMENT.place("CHARG");
    private static final int MENGE = IcwpModel.GOODS_MOVEMENT.place("MENGE");
    private static final int MEINS = IcwpModel.GOODS_MOVEMENT.place("MEINS");
    private static final int SHKZG = IcwpModel.GOODS_MOVEMENT.place("SHKZG");
    private static final int AUFNR = IcwpModel.GOODS_MOVEMENT.place("AUFNR");
    private static final int RSNUM = IcwpModel.GOODS_MOVEMENT.place("RSNUM");
    private static final int RSPOS = IcwpModel.GOODS_MOVEMENT.place("RSPOS");
    private static final int SGTXT = IcwpModel.GOODS_MOVEMENT.place("SGTXT");
    private static final int WEMPF = IcwpModel.GOODS_MOVEMENT.place("WEMPF");
    private static final int XBLNR = IcwpModel.GOODS_MOVEMENT.place("XBLNR");
    private static final int BUDAT = IcwpModel.GOODS_MOVEMENT.place("BUDAT");
    private static final int BLDAT = IcwpModel.GOODS_MOVEMENT.place("BLDAT");
    private static final int SMBLN = IcwpModel.GOODS_MOVEMENT.place("SMBLN");
    private static final int SJAHR = IcwpModel.GOODS_MOVEMENT.place("SJAHR");
    private static final int SMBLP = IcwpModel.GOODS_MOVEMENT.place("SMBLP");
    private static final int USNAM = IcwpModel.GOODS_MOVEMENT.place("USNAM");
    private static final int CPUDT = IcwpModel.GOODS_MOVEMENT.place("CPUDT");
    private static final int CPUTM = IcwpModel.GOODS_MOVEMENT.place("CPUTM");
    private static final int CHANGEDAT = IcwpModel.GOODS_MOVEMENT.place("CHANGEDAT");

    private final ComponentFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    GoodsMovementRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        row[MJAHR] = year(index);
        OrderFacts order = facts.order;
        int minute = company.dice.between(Roll.CHANGED_TIME, order.order, 6 * 60, 21 * 60);
        row[MBLNR] = document(order.order);
        row[ZEILE] = facts.itemNumber();
        row[BWART] = "261";
        row[MATNR] = facts.part.material();
        row[WERKS] = order.plant().werks();
        row[LGORT] = facts.part.storage();
        row[UMLGO] = null;
        row[CHARG] = null;
        row[MENGE] = BigDecimal.valueOf(facts.withdrawn * 1000L, 3);
        row[MEINS] = facts.part.unit();
        row[SHKZG] = "H";
        row[AUFNR] = Company.orderNumber(order.order);
        row[RSNUM] = Company.reservation(order.order);
        row[RSPOS] = facts.itemNumber();
        row[SGTXT] = facts.part.text();
        row[WEMPF] = company.user(Roll.CHANGER, order.order);
        row[XBLNR] = null;
        row[BUDAT] = Days.date(order.worked());
        row[BLDAT] = row[BUDAT];
        row[SMBLN] = null;
        row[SJAHR] = null;
        row[SMBLP] = null;
        row[USNAM] = company.user(Roll.AUTHOR, order.order);
        row[CPUDT] = row[BUDAT];
        row[CPUTM] = Days.time(minute);
        row[CHANGEDAT] = Days.instant(order.worked(), minute * 60);
    }
}
