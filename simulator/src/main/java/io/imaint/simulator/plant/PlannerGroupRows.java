package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated planner groups: the same in every plant, each with its own telephone. */
final class PlannerGroupRows extends RowMaker {
    private static final int IWERK = IcwpModel.PLANNER_GROUP.place("IWERK");
    private static final int INGRP = IcwpModel.PLANNER_GROUP.place("INGRP");
    private static final int INNAM = IcwpModel.PLANNER_GROUP.place("INNAM");
    private static final int INTEL = IcwpModel.PLANNER_GROUP.place("INTEL");

    private final int groups;

    PlannerGroupRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        row[IWERK] = plant(index).werks();
        row[INGRP] = group(index).ingrp();
        row[INNAM] = group(index).name();
        row[INTEL] = plant(index).werks().concat("-").concat(group(index).extension());
    }
}
