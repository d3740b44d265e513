package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generated notifications: those that led to an order, and those that did not. */
final class NotificationRows extends RowMaker {
    private static final int QMNUM = IcwpModel.NOTIFICATION.place("QMNUM");
    private static final int QMART = IcwpModel.NOTIFICATION.place("QMART");
    private static final int QMTXT = IcwpModel.NOTIFICATION.place("QMTXT");
    private static final int PRIOK = IcwpModel.NOTIFICATION.place("PRIOK");
    private static final int ARTPR = IcwpModel.NOTIFICATION.place("ARTPR");
    private static final int EQUNR = IcwpModel.NOTIFICATION.place("EQUNR");
    private static final int TPLNR = IcwpModel.NOTIFICATION.place("TPLNR");
    private static final int IWERK = IcwpModel.NOTIFICATION.place("IWERK");
    private static final int INGRP = IcwpModel.NOTIFICATION.place("INGRP");
    private static final int ARBPL = IcwpModel.NOTIFICATION.place("ARBPL");
    private static final int ARBPLWERK = IcwpModel.NOTIFICATION.place("ARBPLWERK");
    private static final int QMNAM = IcwpModel.NOTIFICATION.place("QMNAM");
    private static final int QMDAT = IcwpModel.NOTIFICATION.place("QMDAT");
    private static final int MZEIT = IcwpModel.NOTIFICATION.place("MZEIT");
    private static final int STRMN = IcwpModel.NOTIFICATION.place("STRMN");
    private static final int STRUR = IcwpModel.NOTIFICATION.place("STRUR");
    private static final int LTRMN = IcwpModel.NOTIFICATION.place("LTRMN");
    private static final int LTRUR = IcwpModel.NOTIFICATION.place("LTRUR");
    private static final int MSAUS = IcwpModel.NOTIFICATION.place("MSAUS");
    private static final int AUSVN = IcwpModel.NOTIFICATION.place("AUSVN");
    private static final int AUZTV = IcwpModel.NOTIFICATION.place("AUZTV");
    private static final int AUSBS = IcwpModel.NOTIFICATION.place("AUSBS");
    private static final int AUZTB = IcwpModel.NOTIFICATION.place("AUZTB");
    private static final int AUSZT = IcwpModel.NOTIFICATION.place("AUSZT");
    private static final int MAUEH = IcwpModel.NOTIFICATION.place("MAUEH");
    private static final int AUFNR = IcwpModel.NOTIFICATION.place("AUFNR");
    private static final int RBNR = IcwpModel.NOTIFICATION.place("RBNR");
    private static final int QMGRP = IcwpModel.NOTIFICATION.place("QMGRP");
    private static final int QMCOD = IcwpModel.NOTIFICATION.place("QMCOD");
    private static final int STATUSES = IcwpModel.NOTIFICATION.place("STATUSES");
    private static final int OBJNR = IcwpModel.NOTIFICATION.place("OBJNR");
    private static final int ERNAM = IcwpModel.NOTIFICATION.place("ERNAM");
    private static final int ERDAT = IcwpModel.NOTIFICATION.place("ERDAT");
    private static final int AENAM = IcwpModel.NOTIFICATION.place("AENAM");
    private static final int AEDAT = IcwpModel.NOTIFICATION.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.NOTIFICATION.place("CHANGEDAT");

    /** Days until a malfunction must be mended, for priorities 1 to 4. */
    private static final int[] DUE_DAYS = {1, 4, 16, 50};
    /** From this age on, a notification without an order is settled, as a rule. */
    private static final int SETTLED_DAYS = 60;

    private static final int MINUTES_PER_DAY = 24 * 60;

    private final OrderFacts facts;

    NotificationRows(Company company) {
        super(company);
        this.facts = new OrderFacts(company);
    }

    @Override
    public long count() {
        return company.notifications();
    }

    @Override
    public String key(long index, int part) {
        return Company.notificationNumber(index);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        String number = Company.notificationNumber(index);
        row[QMNUM] = number;
        row[ARTPR] = "PM";
        row[QMNAM] = company.user(Roll.AUTHOR, index);
        row[ERNAM] = row[QMNAM];
        row[OBJNR] = "QM".concat(number);
        int minute = company.dice.between(Roll.NOTICED_TIME, index, 120, MINUTES_PER_DAY - 1);
        row[MZEIT] = Days.time(minute);
        row[STRUR] = Days.time(minute);
        row[LTRUR] = Days.time(minute);
        long order = company.orderOf(index);
        if (order >= 0) {
            facts.roll(order);
            fillWithOrder(index, row, minute);
        } else {
            fillWithoutOrder(index, row);
        }
    }

    private void fillWithOrder(long index, @Nullable Object[] row, int minute) {
        int noticed = facts.created - (facts.priority == 1 ? 0 : company.dice.below(Roll.NOTICED, index, 3));
        boolean running = !facts.breakdown;
        row[QMART] = running && facts.priority > 2 ? "M1" : "M2";
        row[AUFNR] = Company.orderNumber(facts.order);
        fillObject(row, facts.equipment, facts.area, facts.fault);
        fillDates(row, noticed, facts.priority);
        fillBreakdown(index, row, noticed, minute);
        row[STATUSES] = switch (facts.stage) {
            case CREATED -> "OSNO ORAS";
            case RELEASED, PARTLY_CONFIRMED, CONFIRMED -> "NOPR ORAS";
            case TECHNICALLY_COMPLETED, CLOSED -> "NOCO ORAS";
        };
        // A notification is completed with its order, and does not change when the order is closed.
        int changed = facts.stage == Stage.CLOSED ? facts.technicallyCompleted : facts.changed();
        fillChange(index, row, changed);
    }

    private void fillBreakdown(long index, @Nullable Object[] row, int noticed, int minute) {
        boolean ended = facts.breakdown && facts.atLeast(Stage.CONFIRMED);
        int begin = minute - company.dice.below(Roll.BREAKDOWN_TIME, index, 120);
        int end = company.dice.between(Roll.CHANGED, index, minute, MINUTES_PER_DAY - 1);
        row[MSAUS] = facts.breakdown ? "X" : null;
        row[AUSVN] = Days.date(noticed);
        row[AUZTV] = Days.time(begin);
        row[AUSBS] = Days.dateIf(ended, facts.actualFinish);
        row[AUZTB] = ended ? Days.time(end) : null;
        // SAP keeps the duration in seconds; MAUEH is only how it is shown.
        row[AUSZT] = ended
                ? (Double) (((facts.actualFinish - noticed) * (double) MINUTES_PER_DAY + end - begin) * 60)
                : null;
        row[MAUEH] = "H";
    }

    private void fillWithoutOrder(long index, @Nullable Object[] row) {
        Dice dice = company.dice;
        long block = index / Company.NOTIFICATIONS_PER_BLOCK;
        long place = index % Company.NOTIFICATIONS_PER_BLOCK;
        long near = block * Company.BLOCK + place * Company.BLOCK / Company.NOTIFICATIONS_PER_BLOCK;
        int noticed = company.day(near);
        int equipment = company.failingWithoutOrder(index, noticed);
        Sites.Area area = company.sites.areaOfEquipment(equipment);
        List<Tables.Fault> faults =
                company.sites.fitting(area, equipment).type().faults();
        int type = dice.below(Roll.FREE_TYPE, index, 100);
        boolean activity = type >= 75;
        int priority = dice.between(Roll.PRIORITY, index, 3, 4);
        row[QMART] = activity ? "M3" : type < 45 ? "M1" : "M2";
        row[AUFNR] = null;
        fillObject(row, equipment, area, faults.get(dice.below(Roll.FAULT, index, faults.size())));
        fillDates(row, noticed, priority);
        row[MSAUS] = null;
        row[AUSVN] = Days.date(noticed);
        row[AUZTV] = row[MZEIT];
        row[AUSBS] = null;
        row[AUZTB] = null;
        row[AUSZT] = null;
        row[MAUEH] = "H";
        int open = dice.below(Roll.FREE_STATUS, index, 100);
        boolean settled = activity || open < (noticed < Days.TODAY - SETTLED_DAYS ? 94 : 30);
        row[STATUSES] = settled ? "NOCO" : open % 3 == 0 ? "NOPR" : "OSNO";
        int later = dice.below(Roll.CHANGED, index, activity ? 2 : SETTLED_DAYS);
        fillChange(index, row, "OSNO".equals(row[STATUSES]) ? noticed : Math.min(Days.TODAY - 1, noticed + later));
    }

    private void fillObject(@Nullable Object[] row, int equipment, Sites.Area area, Tables.Fault fault) {
        String werks = company.sites.plants.get(area.plant()).werks();
        row[QMTXT] = fault.symptom();
        row[EQUNR] = Company.equipmentNumber(equipment);
        row[TPLNR] = company.sites.locationOfEquipment(area, equipment);
        row[IWERK] = werks;
        row[INGRP] = Company.plannerGroup(fault.discipline());
        row[ARBPL] = fault.discipline();
        row[ARBPLWERK] = werks;
        row[RBNR] = company.sites.fitting(area, equipment).type().profile();
        row[QMGRP] = fault.coding().group();
        row[QMCOD] = fault.coding().code();
    }

    private static void fillDates(@Nullable Object[] row, int noticed, int priority) {
        row[PRIOK] = Integer.toString(priority);
        row[QMDAT] = Days.date(noticed);
        row[ERDAT] = row[QMDAT];
        row[STRMN] = row[QMDAT];
        row[LTRMN] = Days.date(noticed + DUE_DAYS[priority - 1]);
    }

    private void fillChange(long index, @Nullable Object[] row, int changed) {
        boolean open = "OSNO".equals(row[STATUSES]);
        row[AENAM] = open ? null : company.user(Roll.CHANGER, index);
        row[AEDAT] = Days.dateIf(!open, changed);
        row[CHANGEDAT] = Days.instant(changed, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600));
    }
}
