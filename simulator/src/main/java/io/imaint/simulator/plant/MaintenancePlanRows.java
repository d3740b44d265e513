package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated maintenance plans: one for each task of each equipment, to which its preventive orders refer. */
final class MaintenancePlanRows extends RowMaker {

    /** How long before its date a call is made at the earliest: no order is due later than this from the day it is created. */
    private static final int CALL_HORIZON_DAYS = 42;

    MaintenancePlanRows(Company company) {
        super(IcwpModel.MAINTENANCE_PLAN, company);
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
    void fill(long index, RowValues row) {
        long found = company.plans.find(index);
        int equipment = PerEquipment.equipment(found);
        int place = PerEquipment.place(found);
        Sites.Area area = company.sites.areaOfEquipment(equipment);
        Tables.EquipmentClass type = company.sites.fitting(area, equipment).type();
        Tables.Task task = type.tasks().get(place);
        Tables.Plant plant = company.sites.plants.get(area.plant());
        row.put("WARPL", Company.planNumber(equipment, place, 12));
        row.put("WPTXT", task.text());
        row.put("WAPOS", Company.planNumber(equipment, place, 16));
        row.put("EQUNR", Company.equipmentNumber(equipment));
        row.put("TPLNR", company.sites.locationOfEquipment(area, equipment));
        row.put("IWERK", plant.werks());
        row.put("INGRP", Company.plannerGroup(task.discipline()));
        row.put("AUART", task.orderType());
        row.put("ILART", task.activityType());
        row.put("PLNTY", TaskLists.TYPE);
        row.put("PLNNR", TaskLists.group(type, plant));
        row.put("PLNAL", TaskLists.counter(place));
        row.put("ZYKL1", task.months());
        row.put("ZEIEH", "MON");
        row.put("STATUSES", "CRTD");
        fillCalls(company.sites.startup(equipment, type), task.cycleDays(), row);
    }

    /** Calls are due after each cycle from the start; those up to the horizon have been made. */
    private static void fillCalls(int start, int cycle, RowValues row) {
        int calls = 1 + (Days.TODAY - 1 + CALL_HORIZON_DAYS - start) / cycle;
        int past = (Days.TODAY - 1 - start) / cycle;
        int last = start + past * cycle;
        row.put("STADT", Days.date(start));
        row.put("ABNUM", calls);
        row.put("LRMDT", Days.dateIf(past > 0, last));
        row.put("NPLDA", Days.date(start + calls * cycle));
        row.put("CHANGEDAT", Days.instant(last, 4 * 3600));
    }
}
