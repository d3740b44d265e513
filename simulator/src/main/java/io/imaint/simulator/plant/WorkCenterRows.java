package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.time.LocalDate;

/** The generated work centers: the same crafts in every plant. */
final class WorkCenterRows extends RowMaker {

    private static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    private final int crafts;

    WorkCenterRows(Company company) {
        super(IcwpModel.WORK_CENTER, company);
        this.crafts = company.tables.workCenters.size();
    }

    @Override
    public long count() {
        return (long) company.sites.plants.size() * crafts;
    }

    @Override
    public String key(long index, int part) {
        return part == 0
                ? company.sites.plants.get((int) index / crafts).werks()
                : company.tables.workCenters.get((int) index % crafts).arbpl();
    }

    @Override
    void fill(long index, RowValues row) {
        Tables.WorkCenter craft = company.tables.workCenters.get((int) index % crafts);
        row.put("WERKS", key(index, 0));
        row.put("ARBPL", craft.arbpl());
        row.put("OBJID", Digits.of(10_000_001 + index, 8));
        row.put("KTEXT", craft.text());
        row.put("VERWE", "0005");
        row.put("VERAN", craft.responsible());
        row.put("PLANV", "009");
        row.put("STAND", craft.location());
        row.put("BEGDA", Days.date(PlantRows.CUSTOMIZED));
        row.put("ENDDA", FOREVER);
        row.put("LVORM", null);
        row.put("CHANGEDAT", Days.instant(PlantRows.CUSTOMIZED, 8 * 3600));
    }
}
