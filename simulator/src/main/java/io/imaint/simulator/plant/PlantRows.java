package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated plants. */
final class PlantRows extends RowMaker {
    private static final int WERKS = IcwpModel.PLANT.place("WERKS");
    private static final int NAME1 = IcwpModel.PLANT.place("NAME1");
    private static final int NAME2 = IcwpModel.PLANT.place("NAME2");
    private static final int STRAS = IcwpModel.PLANT.place("STRAS");
    private static final int PSTLZ = IcwpModel.PLANT.place("PSTLZ");
    private static final int ORT01 = IcwpModel.PLANT.place("ORT01");
    private static final int LAND1 = IcwpModel.PLANT.place("LAND1");
    private static final int REGIO = IcwpModel.PLANT.place("REGIO");
    private static final int SPRAS = IcwpModel.PLANT.place("SPRAS");
    private static final int IWERK = IcwpModel.PLANT.place("IWERK");
    private static final int FABKL = IcwpModel.PLANT.place("FABKL");
    private static final int CHANGEDAT = IcwpModel.PLANT.place("CHANGEDAT");

    /** When the enterprise structure was customized. */
    static final int CUSTOMIZED = Days.day(2016, 1, 4);

    PlantRows(Company company) {
        super(company);
    }

    @Override
    public long count() {
        return company.sites.plants.size();
    }

    @Override
    public String key(long index, int part) {
        return company.sites.plants.get((int) index).werks();
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        Tables.Plant plant = company.sites.plants.get((int) index);
        row[WERKS] = plant.werks();
        row[NAME1] = plant.name1();
        row[NAME2] = plant.name2();
        row[STRAS] = plant.street();
        row[PSTLZ] = plant.postalCode();
        row[ORT01] = plant.city();
        row[LAND1] = plant.country();
        row[REGIO] = plant.region();
        row[SPRAS] = plant.language();
        row[IWERK] = plant.werks();
        row[FABKL] = plant.calendar();
        row[CHANGEDAT] = Days.instant(CUSTOMIZED, 8 * 3600);
    }
}
