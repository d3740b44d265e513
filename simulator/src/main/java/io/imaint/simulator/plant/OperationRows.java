package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;

/** The generated operations, one to six of each order. */
final class OperationRows extends RowMaker {

    private final OperationFacts facts;
    private long place = -1;
    private long order;
    /** Which operation of its order, from 0. */
    private int step;

    OperationRows(Company company) {
        super(IcwpModel.OPERATION, company);
        this.facts = new OperationFacts(company);
    }

    @Override
    public long count() {
        return company.operations();
    }

    @Override
    public String key(long index, int part) {
        seek(index);
        return switch (part) {
            case 0 -> Company.orderNumber(order);
            case 1 -> Digits.of((step + 1L) * 10, 4);
            default -> "";
        };
    }

    private void seek(long index) {
        if (index == place + 1 && place >= 0) {
            step++;
        } else {
            order = index / Company.OPERATIONS_PER_BLOCK * Company.BLOCK;
            step = (int) (index % Company.OPERATIONS_PER_BLOCK);
        }
        while (step >= company.operations(order)) {
            step -= company.operations(order);
            order++;
        }
        place = index;
    }

    @Override
    void fill(long index, RowValues row) {
        seek(index);
        facts.roll(order, step, index);
        String routing = Company.routing(order);
        String counter = Digits.of(step + 1L, 8);
        row.put("AUFNR", Company.orderNumber(order));
        row.put("VORNR", facts.number());
        row.put("UVORN", "");
        row.put("AUFPL", routing);
        row.put("APLZL", counter);
        row.put("STEUS", facts.external ? "PM02" : "PM01");
        row.put("ARBPL", facts.workCenter());
        row.put("WERKS", facts.order.plant().werks());
        row.put("LTXA1", facts.text);
        row.put("LARNT", facts.activityType());
        row.put("RUECK", Company.confirmation(index));
        row.put("OBJNR", "OV".concat(routing).concat(counter));
        fillWork(row);
        fillStatus(row);
    }

    private void fillWork(RowValues row) {
        int days = facts.order.scheduledFinish - facts.order.scheduledStart;
        int first = facts.order.scheduledStart + days * step / facts.order.operations;
        int last = facts.order.scheduledStart + days * (step + 1) / facts.order.operations;
        row.put("ARBEI", Days.hours(facts.workTenths));
        row.put("ISMNW", Days.hours(facts.confirmed() ? facts.spentTenths : 0));
        row.put("ARBEH", "H");
        row.put("DAUNO", Days.hours(facts.workTenths > 80 ? facts.workTenths / 2 : facts.workTenths));
        row.put("DAUNE", "H");
        row.put("FSAVD", Days.date(first));
        row.put("FSAVZ", Days.time((7 + step) * 60));
        row.put("SSEDD", Days.date(last));
        row.put("SSEDZ", Days.time((15 + step) * 60));
    }

    private void fillStatus(RowValues row) {
        row.put("PERNR", facts.assigned() ? facts.person() : null);
        row.put(
                "STATUSES",
                switch (facts.order.stage) {
                    case CREATED -> "CRTD";
                    case RELEASED -> "REL";
                    case PARTLY_CONFIRMED -> partly();
                    case CONFIRMED -> "REL CNF";
                    case TECHNICALLY_COMPLETED -> "TECO CNF";
                    case CLOSED -> "CLSD CNF";
                });
        row.put(
                "CHANGEDAT",
                Days.instant(
                        facts.order.changed(), company.dice.between(Roll.CHANGED_TIME, order, 5 * 3600, 22 * 3600)));
    }

    private String partly() {
        if (!facts.confirmed()) {
            return "REL";
        }
        return facts.done() ? "REL CNF" : "REL PCNF";
    }
}
