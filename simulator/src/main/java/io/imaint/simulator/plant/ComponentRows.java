package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;

/** The generated components of orders: parts of what the order is for, needed by its main operation. */
final class ComponentRows extends RowMaker {

    private final ComponentFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    ComponentRows(Company company) {
        super(IcwpModel.COMPONENT, company);
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
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent(), walk.child());
        OrderFacts order = facts.order;
        row.put("RSNUM", Company.reservation(order.order));
        row.put("RSPOS", facts.itemNumber());
        row.put("AUFNR", Company.orderNumber(order.order));
        row.put("VORNR", Digits.of((company.tables.mainSteps[order.operations - 1] + 1L) * 10, 4));
        row.put("MATNR", facts.part.material());
        row.put("MAKTX", facts.part.text());
        row.put("WERKS", order.plant().werks());
        row.put("LGORT", facts.part.storage());
        row.put("CHARG", null);
        row.put("BDTER", Days.date(order.basicStart));
        row.put("BDMNG", BigDecimal.valueOf(facts.required * 1000L, 3));
        row.put("ENMNG", BigDecimal.valueOf(facts.withdrawn * 1000L, 3));
        row.put("MEINS", facts.part.unit());
        row.put("BWART", "261");
        row.put("POSTP", "L");
        row.put("KZEAR", facts.closed() ? "X" : null);
        row.put("XLOEK", order.deleted ? "X" : null);
        row.put(
                "CHANGEDAT",
                Days.instant(
                        facts.withdrawn > 0 ? order.worked() : order.changed(),
                        company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600)));
    }
}
