package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated planner groups: the same in every plant, each with its own telephone. */
final class PlannerGroupRows extends RowMaker {

    private final int groups;

    PlannerGroupRows(Company company) {
        super(IcwpModel.PLANNER_GROUP, company);
        this.groups = company.tables.plannerGroups.size();
    }

    @Override
    public long count() {
        return (long) company.sites.plants.size() * groups;
    }

    @Override
    public String key(long index, int part) {
        return part == 0 ? plant(index).werks() : group(index).ingrp();
    }

    private Tables.Plant plant(long index) {
        return company.sites.plants.get((int) index / groups);
    }

    private Tables.PlannerGroup group(long index) {
        return company.tables.plannerGroups.get((int) index % groups);
    }

    @Override
    void fill(long index, RowValues row) {
        row.put("IWERK", plant(index).werks());
        row.put("INGRP", group(index).ingrp());
        row.put("INNAM", group(index).name());
        row.put("INTEL", plant(index).werks().concat("-").concat(group(index).extension()));
    }
}
