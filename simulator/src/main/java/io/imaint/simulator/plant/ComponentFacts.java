package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import java.util.List;

/** What is true of one generated component of an order, from which its row and its goods movement are written. Reused from component to component. */
final class ComponentFacts {
    private final Company company;
    final OrderFacts order;
    /** Which component of its order, from 0. */
    int item;

    Kit.Part part;
    int required;
    int withdrawn;

    ComponentFacts(Company company) {
        this.company = company;
        this.order = new OrderFacts(company);
        this.part = order.fitting.type().kit().parts().getFirst();
    }

    void roll(long ofOrder, int newItem) {
        if (order.order != ofOrder) {
            order.roll(ofOrder);
        }
        item = newItem;
        List<Kit.Part> parts = order.fitting.type().kit().parts();
        part = parts.get((firstPart(parts) + item) % parts.size());
        required = company.dice.between(Roll.QUANTITY, ofOrder * 8 + item, 1, part.most());
        boolean taken = item < OrderChildren.withdrawn(company, ofOrder, order.stage);
        // Before the work begins, only some of it has been fetched.
        withdrawn = !taken ? 0 : order.stage == Stage.RELEASED ? (required + 1) / 2 : required;
    }

    /** A repair begins with what replaces the damaged part, a lubrication with the lubricant. */
    private int firstPart(List<Kit.Part> parts) {
        String wanted = order.corrective
                ? order.fault.part().code()
                : order.task.activityType().equals("LUB") ? "LUBR" : "";
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).objectPart().equals(wanted)) {
                return i;
            }
        }
        return company.dice.below(Roll.PART, order.order, parts.size());
    }

    /** Whether nothing more will be withdrawn. */
    boolean closed() {
        return withdrawn == required || order.atLeast(Stage.TECHNICALLY_COMPLETED);
    }

    String itemNumber() {
        return Digits.of(item + 1L, 4);
    }
}
