package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The generated work centers: the same crafts in every plant. */
final class WorkCenterRows extends RowMaker {
    private static final int WERKS = IcwpModel.WORK_CENTER.place("WERKS");
    private static final int ARBPL = IcwpModel.WORK_CENTER.place("ARBPL");
    private static final int OBJID = IcwpModel.WORK_CENTER.place("OBJID");
    private static final int KTEXT = IcwpModel.WORK_CENTER.place("KTEXT");
    private static final int VERWE = IcwpModel.WORK_CENTER.place("VERWE");
    private static final int VERAN = IcwpModel.WORK_CENTER.place("VERAN");
    private static final int PLANV = IcwpModel.WORK_CENTER.place("PLANV");
    private static final int STAND = IcwpModel.WORK_CENTER.place("STAND");
    private static final int BEGDA = IcwpModel.WORK_CENTER.place("BEGDA");
    private static final int ENDDA = IcwpModel.WORK_CENTER.place("ENDDA");
    private static final int LVORM = IcwpModel.WORK_CENTER.place("LVORM");
    private static final int CHANGEDAT = IcwpModel.WORK_CENTER.place("CHANGEDAT");

    private static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    private final int crafts;

    WorkCenterRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        Tables.WorkCenter craft = company.tables.workCenters.get((int) index % crafts);
        row[WERKS] = key(index, 0);
        row[ARBPL] = craft.arbpl();
        row[OBJID] = Digits.of(10_000_001 + index, 8);
        row[KTEXT] = craft.text();
        row[VERWE] = "0005";
        row[VERAN] = craft.responsible();
        row[PLANV] = "009";
        row[STAND] = craft.location();
        row[BEGDA] = Days.date(PlantRows.CUSTOMIZED);
        row[ENDDA] = FOREVER;
        row[LVORM] = null;
        row[CHANGEDAT] = Days.instant(PlantRows.CUSTOMIZED, 8 * 3600);
    }
}
