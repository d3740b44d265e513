package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The generated components of orders: parts of what the order is for, needed by its main operation. */
final class ComponentRows extends RowMaker {
    private static final int RSNUM = IcwpModel.COMPONENT.place("RSNUM");
    private static final int RSPOS = IcwpModel.COMPONENT.place("RSPOS");
    private static final int AUFNR = IcwpModel.COMPONENT.place("AUFNR");
    private static final int VORNR = IcwpModel.COMPONENT.place("VORNR");
    private static final int MATNR = IcwpModel.COMPONENT.place("MATNR");
    private static final int MAKTX = IcwpModel.COMPONENT.place("MAKTX");
    private static final int WERKS = IcwpModel.COMPONENT.place("WERKS");
    private static final int LGORT = IcwpModel.COMPONENT.place("LGORT");
    private static final int CHARG = IcwpModel.COMPONENT.place("CHARG");
    private static final int BDTER = IcwpModel.COMPONENT.place("BDTER");
    private static final int BDMNG = IcwpModel.COMPONENT.place("BDMNG");
    private static final int ENMNG = IcwpModel.COMPONENT.place("ENMNG");
    private static final int MEINS = IcwpModel.COMPONENT.place("MEINS");
    private static final int BWART = IcwpModel.COMPONENT.place("BWART");
    private static final int POSTP = IcwpModel.COMPONENT.place("POSTP");
    private static final int KZEAR = IcwpModel.COMPONENT.place("KZEAR");
    private static final int XLOEK = IcwpModel.COMPONENT.place("XLOEK");
    private static final int CHANGEDAT = IcwpModel.COMPONENT.place("CHANGEDAT");

    private final ComponentFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ComponentRows(Company company) {
        super(company);
        this.facts = new ComponentFacts(company);
        this.tally = company.tally(IcwpModel.COMPONENT);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.COMPONENT));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        return part == 0 ? Company.reservation(walk.parent()) : Digits.of(walk.child() + 1L, 4);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OrderFacts order = facts.order;
        row[RSNUM] = Company.reservation(order.order);
        row[RSPOS] = facts.itemNumber();
        row[AUFNR] = Company.orderNumber(order.order);
        row[VORNR] = Digits.of((company.tables.mainSteps[order.operations - 1] + 1L) * 10, 4);
        row[MATNR] = facts.part.material();
        row[MAKTX] = facts.part.text();
        row[WERKS] = order.plant().werks();
        row[LGORT] = facts.part.storage();
        row[CHARG] = null;
        row[BDTER] = Days.date(order.basicStart);
        row[BDMNG] = BigDecimal.valueOf(facts.required * 1000L, 3);
        row[ENMNG] = BigDecimal.valueOf(facts.withdrawn * 1000L, 3);
        row[MEINS] = facts.part.unit();
        row[BWART] = "261";
        row[POSTP] = "L";
        row[KZEAR] = facts.closed() ? "X" : null;
        row[XLOEK] = order.deleted ? "X" : null;
        row[CHANGEDAT] = Days.instant(
                facts.withdrawn > 0 ? order.worked() : order.changed(),
                company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600));
    }
}
