package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The generated work orders. */
final class OrderRows extends RowMaker {
    private static final int AUFNR = IcwpModel.WORK_ORDER.place("AUFNR");
    private static final int AUART = IcwpModel.WORK_ORDER.place("AUART");
    private static final int AUTYP = IcwpModel.WORK_ORDER.place("AUTYP");
    private static final int KTEXT = IcwpModel.WORK_ORDER.place("KTEXT");
    private static final int WERKS = IcwpModel.WORK_ORDER.place("WERKS");
    private static final int IWERK = IcwpModel.WORK_ORDER.place("IWERK");
    private static final int INGRP = IcwpModel.WORK_ORDER.place("INGRP");
    private static final int ARBPL = IcwpModel.WORK_ORDER.place("ARBPL");
    private static final int VAWRK = IcwpModel.WORK_ORDER.place("VAWRK");
    private static final int EQUNR = IcwpModel.WORK_ORDER.place("EQUNR");
    private static final int TPLNR = IcwpModel.WORK_ORDER.place("TPLNR");
    private static final int PRIOK = IcwpModel.WORK_ORDER.place("PRIOK");
    private static final int ARTPR = IcwpModel.WORK_ORDER.place("ARTPR");
    private static final int ILART = IcwpModel.WORK_ORDER.place("ILART");
    private static final int QMNUM = IcwpModel.WORK_ORDER.place("QMNUM");
    private static final int GSTRP = IcwpModel.WORK_ORDER.place("GSTRP");
    private static final int GLTRP = IcwpModel.WORK_ORDER.place("GLTRP");
    private static final int GSTRS = IcwpModel.WORK_ORDER.place("GSTRS");
    private static final int GLTRS = IcwpModel.WORK_ORDER.place("GLTRS");
    private static final int GSTRI = IcwpModel.WORK_ORDER.place("GSTRI");
    private static final int GETRI = IcwpModel.WORK_ORDER.place("GETRI");
    private static final int IDAT1 = IcwpModel.WORK_ORDER.place("IDAT1");
    private static final int IDAT2 = IcwpModel.WORK_ORDER.place("IDAT2");
    private static final int IDAT3 = IcwpModel.WORK_ORDER.place("IDAT3");
    private static final int IPHAS = IcwpModel.WORK_ORDER.place("IPHAS");
    private static final int ANLZU = IcwpModel.WORK_ORDER.place("ANLZU");
    private static final int BUKRS = IcwpModel.WORK_ORDER.place("BUKRS");
    private static final int KOKRS = IcwpModel.WORK_ORDER.place("KOKRS");
    private static final int KOSTV = IcwpModel.WORK_ORDER.place("KOSTV");
    private static final int WAERS = IcwpModel.WORK_ORDER.place("WAERS");
    private static final int AUFPL = IcwpModel.WORK_ORDER.place("AUFPL");
    private static final int RSNUM = IcwpModel.WORK_ORDER.place("RSNUM");
    private static final int WARPL = IcwpModel.WORK_ORDER.place("WARPL");
    private static final int WAPOS = IcwpModel.WORK_ORDER.place("WAPOS");
    private static final int ABNUM = IcwpModel.WORK_ORDER.place("ABNUM");
    private static final int STATUSES = IcwpModel.WORK_ORDER.place("STATUSES");
    private static final int LOEKZ = IcwpModel.WORK_ORDER.place("LOEKZ");
    private static final int OBJNR = IcwpModel.WORK_ORDER.place("OBJNR");
    private static final int ERNAM = IcwpModel.WORK_ORDER.place("ERNAM");
    private static final int ERDAT = IcwpModel.WORK_ORDER.place("ERDAT");
    private static final int AENAM = IcwpModel.WORK_ORDER.place("AENAM");
    private static final int AEDAT = IcwpModel.WORK_ORDER.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.WORK_ORDER.place("CHANGEDAT");

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
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        facts.roll(index);
        Tables.Plant plant = facts.plant();
        String number = Company.orderNumber(index);
        long notification = company.notificationOf(index);
        row[AUFNR] = number;
        row[AUART] = facts.orderType();
        row[AUTYP] = "30";
        row[KTEXT] = facts.text();
        row[WERKS] = plant.werks();
        row[IWERK] = plant.werks();
        row[INGRP] = Company.plannerGroup(facts.discipline());
        row[ARBPL] = facts.workCenter();
        row[VAWRK] = plant.werks();
        row[EQUNR] = Company.equipmentNumber(facts.equipment);
        row[TPLNR] = facts.location();
        row[PRIOK] = Integer.toString(facts.priority);
        row[ARTPR] = "PM";
        row[ILART] = facts.corrective ? "REP" : facts.task.activityType();
        row[QMNUM] = notification < 0 ? null : Company.notificationNumber(notification);
        row[ANLZU] = facts.breakdown || facts.workTenths > 60 ? "0" : "1";
        row[BUKRS] = plant.companyCode();
        row[KOKRS] = "1000";
        row[KOSTV] = facts.area.costCenter();
        row[WAERS] = plant.currency();
        row[AUFPL] = Company.routing(index);
        row[OBJNR] = "OR".concat(number);
        fillPlan(row);
        fillDates(row);
        fillStatus(index, row);
    }

    private void fillPlan(@Nullable Object[] row) {
        boolean planned = !facts.corrective;
        int age = facts.basicStart - company.sites.startup(facts.equipment, facts.fitting.type());
        row[WARPL] = planned ? Company.planNumber(facts.equipment, facts.taskPlace, 12) : null;
        row[WAPOS] = planned ? Company.planNumber(facts.equipment, facts.taskPlace, 16) : null;
        row[ABNUM] = planned ? (Integer) (1 + age / facts.task.cycleDays()) : null;
    }

    private void fillDates(@Nullable Object[] row) {
        row[GSTRP] = Days.date(facts.basicStart);
        row[GLTRP] = Days.date(facts.basicFinish);
        row[GSTRS] = Days.date(facts.scheduledStart);
        row[GLTRS] = Days.date(facts.scheduledFinish);
        row[GSTRI] = Days.dateIf(facts.atLeast(Stage.PARTLY_CONFIRMED), facts.actualStart);
        row[GETRI] = Days.dateIf(facts.atLeast(Stage.CONFIRMED), facts.actualFinish);
        row[IDAT1] = Days.dateIf(facts.atLeast(Stage.RELEASED), facts.released);
        row[IDAT2] = Days.dateIf(facts.atLeast(Stage.TECHNICALLY_COMPLETED), facts.technicallyCompleted);
        row[IDAT3] = Days.dateIf(facts.atLeast(Stage.CLOSED), facts.closed);
    }

    private void fillStatus(long index, @Nullable Object[] row) {
        int material = company.material(index);
        // Goods can only have been withdrawn for an order that was released.
        int shown = facts.atLeast(Stage.RELEASED) ? material : Math.min(material, 2);
        String statuses = Objects.requireNonNull(STATUS_TEXTS.get(facts.stage))[shown];
        boolean everChanged = facts.deleted || facts.atLeast(Stage.RELEASED);
        int changed = facts.changed();
        row[RSNUM] = material < 2 ? null : Company.reservation(index);
        row[IPHAS] = facts.deleted ? "4" : phase(facts.stage);
        row[STATUSES] = facts.deleted ? statuses.concat(" DLFL") : statuses;
        row[LOEKZ] = facts.deleted ? "X" : null;
        row[ERNAM] = facts.corrective ? company.user(Roll.AUTHOR, index) : "IP10_JOB";
        row[ERDAT] = Days.date(facts.created);
        row[AENAM] = everChanged ? company.user(Roll.CHANGER, index) : null;
        row[AEDAT] = Days.dateIf(everChanged, changed);
        row[CHANGEDAT] = Days.instant(changed, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600));
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
