package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;

/** What is true of one generated inspection lot, from which its row, its characteristics and its usage decision are written. Reused from lot to lot. */
final class InspectionFacts {
    /** The code group of what is seen. */
    static final String FINDINGS = "IC-VIS";

    static final String DECISIONS = "UD-PM";

    private static final int OUTSIDE_PERCENT = 4;

    private final Company company;
    final OrderFacts order;
    Kit.Point gauge;
    /** What was measured, in units of the gauge's last decimal. */
    int measured;

    String finding = "";

    InspectionFacts(Company company) {
        this.company = company;
        this.order = new OrderFacts(company);
        this.gauge = order.fitting.type().kit().gauge();
    }

    void roll(long ofOrder) {
        if (order.order != ofOrder) {
            order.roll(ofOrder);
        }
        gauge = order.fitting.type().kit().gauge();
        boolean outside = company.dice.chance(Roll.CHECK, ofOrder * 4, OUTSIDE_PERCENT);
        int middle = company.dice.between(Roll.CHECK, ofOrder * 4 + 1, gauge.low(), gauge.high());
        measured = outside ? gauge.high() + 1 + gauge.high() / 10 : (middle + gauge.target()) / 2;
        int seen = company.dice.below(Roll.CHECK, ofOrder * 4 + 2, 100);
        finding = seen < 85 ? "OK" : seen < 97 ? "MINR" : "NOK";
    }

    boolean within() {
        return measured <= gauge.high();
    }

    boolean recorded() {
        return order.atLeast(Stage.CONFIRMED);
    }

    boolean decided() {
        return order.atLeast(Stage.TECHNICALLY_COMPLETED);
    }

    boolean accepted() {
        return within() && !finding.equals("NOK");
    }

    /** The usage decision: with a minor finding only a restricted one. */
    String decision() {
        if (!accepted()) {
            return "REJ";
        }
        return finding.equals("OK") ? "ACC" : "ACCR";
    }

    /** Who inspected and decided. */
    String inspector() {
        return company.user(Roll.CHANGER, order.order);
    }
}
