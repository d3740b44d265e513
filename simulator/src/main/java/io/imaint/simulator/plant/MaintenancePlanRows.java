package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated maintenance plans: one for each task of each equipment, to which its preventive orders refer. */
final class MaintenancePlanRows extends RowMaker {
    private static final int WARPL = IcwpModel.MAINTENANCE_PLAN.place("WARPL");
    private static final int WPTXT = IcwpModel.MAINTENANCE_PLAN.place("WPTXT");
    private static final int WAPOS = IcwpModel.MAINTENANCE_PLAN.place("WAPOS");
    private static final int EQUNR = IcwpModel.MAINTENANCE_PLAN.place("EQUNR");
    private static final int TPLNR = IcwpModel.MAINTENANCE_PLAN.place("TPLNR");
    private static final int IWERK = IcwpModel.MAINTENANCE_PLAN.place("IWERK");
    private static final int INGRP = IcwpModel.MAINTENANCE_PLAN.place("INGRP");
    private static final int AUART = IcwpModel.MAINTENANCE_PLAN.place("AUART");
    private static final int ILART = IcwpModel.MAINTENANCE_PLAN.place("ILART");
    private static final int PLNTY = IcwpModel.MAINTENANCE_PLAN.place("PLNTY");
    private static final int PLNNR = IcwpModel.MAINTENANCE_PLAN.place("PLNNR");
    private static final int PLNAL = IcwpModel.MAINTENANCE_PLAN.place("PLNAL");
    private static final int ZYKL1 = IcwpModel.MAINTENANCE_PLAN.place("ZYKL1");
    private static final int ZEIEH = IcwpModel.MAINTENANCE_PLAN.place("ZEIEH");
    private static final int STADT = IcwpModel.MAINTENANCE_PLAN.place("STADT");
    private static final int ABNUM = IcwpModel.MAINTENANCE_PLAN.place("ABNUM");
    private static final int LRMDT = IcwpModel.MAINTENANCE_PLAN.place("LRMDT");
    private static final int NPLDA = IcwpModel.MAINTENANCE_PLAN.place("NPLDA");
    private static final int STATUSES = IcwpModel.MAINTENANCE_PLAN.place("STATUSES");
    private static final int CHANGEDAT = IcwpModel.MAINTENANCE_PLAN.place("CHANGEDAT");

    /** How long before its date a call is made at the earliest: no order is due later than this from the day it is created. */
    private static final int CALL_HORIZON_DAYS = 42;

    MaintenancePlanRows(Company company) {
        super(company);
    }

    @Override
    public long count() {
        return company.plans.count();
    }

    @Override
    public String key(long index, int part) {
        long found = company.plans.find(index);
        return Company.planNumber(PerEquipment.equipment(found), PerEquipment.place(found), 12);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        long found = company.plans.find(index);
        int equipment = PerEquipment.equipment(found);
        int place = PerEquipment.place(found);
        Sites.Area area = company.sites.areaOfEquipment(equipment);
        Tables.EquipmentClass type = company.sites.fitting(area, equipment).type();
        Tables.Task task = type.tasks().get(place);
        Tables.Plant plant = company.sites.plants.get(area.plant());
        row[WARPL] = Company.planNumber(equipment, place, 12);
        row[WPTXT] = task.text();
        row[WAPOS] = Company.planNumber(equipment, place, 16);
        row[EQUNR] = Company.equipmentNumber(equipment);
        row[TPLNR] = company.sites.locationOfEquipment(area, equipment);
        row[IWERK] = plant.werks();
        row[INGRP] = Company.plannerGroup(task.discipline());
        row[AUART] = task.orderType();
        row[ILART] = task.activityType();
        row[PLNTY] = TaskLists.TYPE;
        row[PLNNR] = TaskLists.group(type, plant);
        row[PLNAL] = TaskLists.counter(place);
        row[ZYKL1] = task.months();
        row[ZEIEH] = "MON";
        row[STATUSES] = "CRTD";
        fillCalls(company.sites.startup(equipment, type), task.cycleDays(), row);
    }

    /** Calls are due after each cycle from the start; those up to the horizon have been made. */
    private static void fillCalls(int start, int cycle, @Nullable Object[] row) {
        int calls = 1 + (Days.TODAY - 1 + CALL_HORIZON_DAYS - start) / cycle;
        int past = (Days.TODAY - 1 - start) / cycle;
        int last = start + past * cycle;
        row[STADT] = Days.date(start);
        row[ABNUM] = calls;
        row[LRMDT] = Days.dateIf(past > 0, last);
        row[NPLDA] = Days.date(start + calls * cycle);
        row[CHANGEDAT] = Days.instant(last, 4 * 3600);
    }
}
