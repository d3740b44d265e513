package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The generated work orders. */
final class OrderRows extends RowMaker {

    /** What SAP shows next to the stage of an order, by how its material stands. */
    private static final String[] MATERIAL = {"NMAT", "NMAT", "MACM", "GMPS MACM"};

    private static final Map<Stage, String[]> STATUS_TEXTS = new EnumMap<>(Map.of(
            Stage.CREATED, statuses("CRTD", "MANC PRC"),
            Stage.RELEASED, statuses("REL", "PRC SETC"),
            Stage.PARTLY_CONFIRMED, statuses("REL PCNF", "PRC SETC"),
            Stage.CONFIRMED, statuses("REL CNF", "PRC SETC"),
            Stage.TECHNICALLY_COMPLETED, statuses("TECO CNF", "PRC SETC"),
            Stage.CLOSED, statuses("CLSD CNF", "PRC SETC")));

    private final OrderFacts facts;

    OrderRows(Company company) {
        super(IcwpModel.WORK_ORDER, company);
        this.facts = new OrderFacts(company);
    }

    private static String[] statuses(String stage, String rest) {
        return Arrays.stream(MATERIAL)
                .map(material -> stage + " " + rest.replace("PRC", "PRC " + material))
                .toArray(String[]::new);
    }

    @Override
    public long count() {
        return company.orders;
    }

    @Override
    public String key(long index, int part) {
        return Company.orderNumber(index);
    }

    @Override
    void fill(long index, RowValues row) {
        facts.roll(index);
        Tables.Plant plant = facts.plant();
        String number = Company.orderNumber(index);
        long notification = company.notificationOf(index);
        row.put("AUFNR", number);
        row.put("AUART", facts.orderType());
        row.put("AUTYP", "30");
        row.put("KTEXT", facts.text());
        row.put("WERKS", plant.werks());
        row.put("IWERK", plant.werks());
        row.put("INGRP", Company.plannerGroup(facts.discipline()));
        row.put("ARBPL", facts.workCenter());
        row.put("VAWRK", plant.werks());
        row.put("EQUNR", Company.equipmentNumber(facts.equipment));
        row.put("TPLNR", facts.location());
        row.put("PRIOK", Integer.toString(facts.priority));
        row.put("ARTPR", "PM");
        row.put("ILART", facts.corrective ? "REP" : facts.task.activityType());
        row.put("QMNUM", notification < 0 ? null : Company.notificationNumber(notification));
        row.put("ANLZU", facts.breakdown || facts.workTenths > 60 ? "0" : "1");
        row.put("BUKRS", plant.companyCode());
        row.put("KOKRS", "1000");
        row.put("KOSTV", facts.area.costCenter());
        row.put("WAERS", plant.currency());
        row.put("AUFPL", Company.routing(index));
        row.put("OBJNR", "OR".concat(number));
        fillPlan(row);
        fillDates(row);
        fillStatus(index, row);
    }

    private void fillPlan(RowValues row) {
        boolean planned = !facts.corrective;
        int age = facts.basicStart - company.sites.startup(facts.equipment, facts.fitting.type());
        row.put("WARPL", planned ? Company.planNumber(facts.equipment, facts.taskPlace, 12) : null);
        row.put("WAPOS", planned ? Company.planNumber(facts.equipment, facts.taskPlace, 16) : null);
        row.put("ABNUM", planned ? (Integer) (1 + age / facts.task.cycleDays()) : null);
    }

    private void fillDates(RowValues row) {
        row.put("GSTRP", Days.date(facts.basicStart));
        row.put("GLTRP", Days.date(facts.basicFinish));
        row.put("GSTRS", Days.date(facts.scheduledStart));
        row.put("GLTRS", Days.date(facts.scheduledFinish));
        row.put("GSTRI", Days.dateIf(facts.atLeast(Stage.PARTLY_CONFIRMED), facts.actualStart));
        row.put("GETRI", Days.dateIf(facts.atLeast(Stage.CONFIRMED), facts.actualFinish));
        row.put("IDAT1", Days.dateIf(facts.atLeast(Stage.RELEASED), facts.released));
        row.put("IDAT2", Days.dateIf(facts.atLeast(Stage.TECHNICALLY_COMPLETED), facts.technicallyCompleted));
        row.put("IDAT3", Days.dateIf(facts.atLeast(Stage.CLOSED), facts.closed));
    }

    private void fillStatus(long index, RowValues row) {
        int material = company.material(index);
        // Goods can only have been withdrawn for an order that was released.
        int shown = facts.atLeast(Stage.RELEASED) ? material : Math.min(material, 2);
        String statuses = Objects.requireNonNull(STATUS_TEXTS.get(facts.stage))[shown];
        boolean everChanged = facts.deleted || facts.atLeast(Stage.RELEASED);
        int changed = facts.changed();
        row.put("RSNUM", material < 2 ? null : Company.reservation(index));
        row.put("IPHAS", facts.deleted ? "4" : phase(facts.stage));
        row.put("STATUSES", facts.deleted ? statuses.concat(" DLFL") : statuses);
        row.put("LOEKZ", facts.deleted ? "X" : null);
        row.put("ERNAM", facts.corrective ? company.user(Roll.AUTHOR, index) : "IP10_JOB");
        row.put("ERDAT", Days.date(facts.created));
        row.put("AENAM", everChanged ? company.user(Roll.CHANGER, index) : null);
        row.put("AEDAT", Days.dateIf(everChanged, changed));
        row.put(
                "CHANGEDAT",
                Days.instant(changed, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600)));
    }

    /** SAP's IPHAS: 0 outstanding, 2 released, 3 technically completed, 6 closed. */
    private static String phase(Stage stage) {
        return switch (stage) {
            case CREATED -> "0";
            case RELEASED, PARTLY_CONFIRMED, CONFIRMED -> "2";
            case TECHNICALLY_COMPLETED -> "3";
            case CLOSED -> "6";
        };
    }
}
