package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import io.imaint.simulator.plant.OrderFacts.Stage;

/** The generated notifications: those that led to an order, and those that did not. */
final class NotificationRows extends RowMaker {

    /** Days until a malfunction must be mended, for priorities 1 to 4. */
    static final int[] DUE_DAYS = {1, 4, 16, 50};

    private static final int MINUTES_PER_DAY = 24 * 60;

    private final NotificationFacts facts;

    NotificationRows(Company company) {
        super(IcwpModel.NOTIFICATION, company);
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
    void fill(long index, RowValues row) {
        facts.roll(index);
        String number = Company.notificationNumber(index);
        int minute = company.dice.between(Roll.NOTICED_TIME, index, 120, MINUTES_PER_DAY - 1);
        row.put("QMNUM", number);
        row.put("QMART", facts.type);
        row.put("ARTPR", "PM");
        row.put("QMNAM", company.user(Roll.AUTHOR, index));
        row.put("ERNAM", row.get("QMNAM"));
        row.put("OBJNR", "QM".concat(number));
        row.put("MZEIT", Days.time(minute));
        row.put("STRUR", row.get("MZEIT"));
        row.put("LTRUR", row.get("MZEIT"));
        row.put("AUFNR", facts.linked ? Company.orderNumber(facts.order.order) : null);
        row.put("STATUSES", facts.linked ? facts.status().concat(" ORAS") : facts.status());
        fillObject(row);
        fillDates(row);
        fillBreakdown(index, row, minute);
        fillChange(index, row);
    }

    private void fillObject(RowValues row) {
        String werks = company.sites.plants.get(facts.area.plant()).werks();
        row.put("QMTXT", facts.fault.symptom());
        row.put("EQUNR", Company.equipmentNumber(facts.equipment));
        row.put("TPLNR", company.sites.locationOfEquipment(facts.area, facts.equipment));
        row.put("IWERK", werks);
        row.put("INGRP", Company.plannerGroup(facts.fault.discipline()));
        row.put("ARBPL", facts.fault.discipline());
        row.put("ARBPLWERK", werks);
        row.put(
                "RBNR",
                company.sites.fitting(facts.area, facts.equipment).type().profile());
        row.put("QMGRP", facts.fault.coding().group());
        row.put("QMCOD", facts.fault.coding().code());
    }

    private void fillDates(RowValues row) {
        row.put("PRIOK", Integer.toString(facts.priority));
        row.put("QMDAT", Days.date(facts.noticed));
        row.put("ERDAT", row.get("QMDAT"));
        row.put("STRMN", row.get("QMDAT"));
        row.put("LTRMN", Days.date(facts.noticed + DUE_DAYS[facts.priority - 1]));
    }

    private void fillBreakdown(long index, RowValues row, int minute) {
        boolean breakdown = facts.linked && facts.order.breakdown;
        boolean ended = breakdown && facts.order.atLeast(Stage.CONFIRMED);
        int before = facts.linked ? company.dice.below(Roll.BREAKDOWN_TIME, index, 120) : 0;
        int begin = minute - before;
        row.put("MSAUS", breakdown ? "X" : null);
        row.put("AUSVN", Days.date(facts.noticed));
        row.put("AUZTV", Days.time(begin));
        row.put("MAUEH", "H");
        row.put("AUSBS", null);
        row.put("AUZTB", null);
        row.put("AUSZT", null);
        if (ended) {
            int end = company.dice.between(Roll.CHANGED, index, minute, MINUTES_PER_DAY - 1);
            int days = facts.order.actualFinish - facts.noticed;
            row.put("AUSBS", Days.date(facts.order.actualFinish));
            row.put("AUZTB", Days.time(end));
            // SAP keeps the duration in seconds; MAUEH is only how it is shown.
            row.put("AUSZT", (days * (double) MINUTES_PER_DAY + end - begin) * 60);
        }
    }

    private void fillChange(long index, RowValues row) {
        // What has an order counts as changed by it, even while it is outstanding.
        boolean open = facts.phase == NotificationFacts.Phase.OUTSTANDING && !facts.linked;
        row.put("AENAM", open ? null : company.user(Roll.CHANGER, index));
        row.put("AEDAT", Days.dateIf(!open, facts.changed));
        row.put(
                "CHANGEDAT",
                Days.instant(facts.changed, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600)));
    }
}
