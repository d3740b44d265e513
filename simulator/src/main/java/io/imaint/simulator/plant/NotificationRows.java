package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;
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
    static final int[] DUE_DAYS = {1, 4, 16, 50};

    private static final int MINUTES_PER_DAY = 24 * 60;

    private final NotificationFacts facts;

    NotificationRows(Company company) {
        super(company);
        this.facts = new NotificationFacts(company);
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
        facts.roll(index);
        String number = Company.notificationNumber(index);
        int minute = company.dice.between(Roll.NOTICED_TIME, index, 120, MINUTES_PER_DAY - 1);
        row[QMNUM] = number;
        row[QMART] = facts.type;
        row[ARTPR] = "PM";
        row[QMNAM] = company.user(Roll.AUTHOR, index);
        row[ERNAM] = row[QMNAM];
        row[OBJNR] = "QM".concat(number);
        row[MZEIT] = Days.time(minute);
        row[STRUR] = row[MZEIT];
        row[LTRUR] = row[MZEIT];
        row[AUFNR] = facts.linked ? Company.orderNumber(facts.order.order) : null;
        row[STATUSES] = facts.linked ? facts.status().concat(" ORAS") : facts.status();
        fillObject(row);
        fillDates(row);
        fillBreakdown(index, row, minute);
        fillChange(index, row);
    }

    private void fillObject(@Nullable Object[] row) {
        String werks = company.sites.plants.get(facts.area.plant()).werks();
        row[QMTXT] = facts.fault.symptom();
        row[EQUNR] = Company.equipmentNumber(facts.equipment);
        row[TPLNR] = company.sites.locationOfEquipment(facts.area, facts.equipment);
        row[IWERK] = werks;
        row[INGRP] = Company.plannerGroup(facts.fault.discipline());
        row[ARBPL] = facts.fault.discipline();
        row[ARBPLWERK] = werks;
        row[RBNR] = company.sites.fitting(facts.area, facts.equipment).type().profile();
        row[QMGRP] = facts.fault.coding().group();
        row[QMCOD] = facts.fault.coding().code();
    }

    private void fillDates(@Nullable Object[] row) {
        row[PRIOK] = Integer.toString(facts.priority);
        row[QMDAT] = Days.date(facts.noticed);
        row[ERDAT] = row[QMDAT];
        row[STRMN] = row[QMDAT];
        row[LTRMN] = Days.date(facts.noticed + DUE_DAYS[facts.priority - 1]);
    }

    private void fillBreakdown(long index, @Nullable Object[] row, int minute) {
        boolean breakdown = facts.linked && facts.order.breakdown;
        boolean ended = breakdown && facts.order.atLeast(Stage.CONFIRMED);
        int before = facts.linked ? company.dice.below(Roll.BREAKDOWN_TIME, index, 120) : 0;
        int begin = minute - before;
        row[MSAUS] = breakdown ? "X" : null;
        row[AUSVN] = Days.date(facts.noticed);
        row[AUZTV] = Days.time(begin);
        row[MAUEH] = "H";
        row[AUSBS] = null;
        row[AUZTB] = null;
        row[AUSZT] = null;
        if (ended) {
            int end = company.dice.between(Roll.CHANGED, index, minute, MINUTES_PER_DAY - 1);
            int days = facts.order.actualFinish - facts.noticed;
            row[AUSBS] = Days.date(facts.order.actualFinish);
            row[AUZTB] = Days.time(end);
            // SAP keeps the duration in seconds; MAUEH is only how it is shown.
            row[AUSZT] = (days * (double) MINUTES_PER_DAY + end - begin) * 60;
        }
    }

    private void fillChange(long index, @Nullable Object[] row) {
        // What has an order counts as changed by it, even while it is outstanding.
        boolean open = facts.phase == NotificationFacts.Phase.OUTSTANDING && !facts.linked;
        row[AENAM] = open ? null : company.user(Roll.CHANGER, index);
        row[AEDAT] = Days.dateIf(!open, facts.changed);
        row[CHANGEDAT] =
                Days.instant(facts.changed, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600));
    }
}
