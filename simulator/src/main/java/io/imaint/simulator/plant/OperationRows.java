package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import org.jspecify.annotations.Nullable;

/** The generated operations, one to six of each order. */
final class OperationRows extends RowMaker {
    private static final int AUFNR = IcwpModel.OPERATION.place("AUFNR");
    private static final int VORNR = IcwpModel.OPERATION.place("VORNR");
    private static final int UVORN = IcwpModel.OPERATION.place("UVORN");
    private static final int AUFPL = IcwpModel.OPERATION.place("AUFPL");
    private static final int APLZL = IcwpModel.OPERATION.place("APLZL");
    private static final int STEUS = IcwpModel.OPERATION.place("STEUS");
    private static final int ARBPL = IcwpModel.OPERATION.place("ARBPL");
    private static final int WERKS = IcwpModel.OPERATION.place("WERKS");
    private static final int LTXA1 = IcwpModel.OPERATION.place("LTXA1");
    private static final int LARNT = IcwpModel.OPERATION.place("LARNT");
    private static final int ARBEI = IcwpModel.OPERATION.place("ARBEI");
    private static final int ISMNW = IcwpModel.OPERATION.place("ISMNW");
    private static final int ARBEH = IcwpModel.OPERATION.place("ARBEH");
    private static final int DAUNO = IcwpModel.OPERATION.place("DAUNO");
    private static final int DAUNE = IcwpModel.OPERATION.place("DAUNE");
    private static final int FSAVD = IcwpModel.OPERATION.place("FSAVD");
    private static final int FSAVZ = IcwpModel.OPERATION.place("FSAVZ");
    private static final int SSEDD = IcwpModel.OPERATION.place("SSEDD");
    private static final int SSEDZ = IcwpModel.OPERATION.place("SSEDZ");
    private static final int PERNR = IcwpModel.OPERATION.place("PERNR");
    private static final int RUECK = IcwpModel.OPERATION.place("RUECK");
    private static final int STATUSES = IcwpModel.OPERATION.place("STATUSES");
    private static final int OBJNR = IcwpModel.OPERATION.place("OBJNR");
    private static final int CHANGEDAT = IcwpModel.OPERATION.place("CHANGEDAT");

    private final OperationFacts facts;
    private long place = -1;
    private long order;
    /** Which operation of its order, from 0. */
    private int step;

    OperationRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        seek(index);
        facts.roll(order, step, index);
        String routing = Company.routing(order);
        String counter = Digits.of(step + 1L, 8);
        row[AUFNR] = Company.orderNumber(order);
        row[VORNR] = facts.number();
        row[UVORN] = "";
        row[AUFPL] = routing;
        row[APLZL] = counter;
        row[STEUS] = facts.external ? "PM02" : "PM01";
        row[ARBPL] = facts.workCenter();
        row[WERKS] = facts.order.plant().werks();
        row[LTXA1] = facts.text;
        row[LARNT] = facts.activityType();
        row[RUECK] = Company.confirmation(index);
        row[OBJNR] = "OV".concat(routing).concat(counter);
        fillWork(row);
        fillStatus(row);
    }

    private void fillWork(@Nullable Object[] row) {
        int days = facts.order.scheduledFinish - facts.order.scheduledStart;
        int first = facts.order.scheduledStart + days * step / facts.order.operations;
        int last = facts.order.scheduledStart + days * (step + 1) / facts.order.operations;
        row[ARBEI] = Days.hours(facts.workTenths);
        row[ISMNW] = Days.hours(facts.confirmed() ? facts.spentTenths : 0);
        row[ARBEH] = "H";
        row[DAUNO] = Days.hours(facts.workTenths > 80 ? facts.workTenths / 2 : facts.workTenths);
        row[DAUNE] = "H";
        row[FSAVD] = Days.date(first);
        row[FSAVZ] = Days.time((7 + step) * 60);
        row[SSEDD] = Days.date(last);
        row[SSEDZ] = Days.time((15 + step) * 60);
    }

    private void fillStatus(@Nullable Object[] row) {
        row[PERNR] = facts.assigned() ? facts.person() : null;
        row[STATUSES] = switch (facts.order.stage) {
            case CREATED -> "CRTD";
            case RELEASED -> "REL";
            case PARTLY_CONFIRMED -> partly();
            case CONFIRMED -> "REL CNF";
            case TECHNICALLY_COMPLETED -> "TECO CNF";
            case CLOSED -> "CLSD CNF";
        };
        row[CHANGEDAT] = Days.instant(
                facts.order.changed(), company.dice.between(Roll.CHANGED_TIME, order, 5 * 3600, 22 * 3600));
    }

    private String partly() {
        if (!facts.confirmed()) {
            return "REL";
        }
        return facts.done() ? "REL CNF" : "REL PCNF";
    }
}
