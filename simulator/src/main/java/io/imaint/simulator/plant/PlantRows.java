package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated plants. */
final class PlantRows extends RowMaker {

    /** When the enterprise structure was customized. */
    static final int CUSTOMIZED = Days.day(2016, 1, 4);

    PlantRows(Company company) {
        super(IcwpModel.PLANT, company);
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
    void fill(long index, RowValues row) {
        Tables.Plant plant = company.sites.plants.get((int) index);
        row.put("WERKS", plant.werks());
        row.put("NAME1", plant.name1());
        row.put("NAME2", plant.name2());
        row.put("STRAS", plant.street());
        row.put("PSTLZ", plant.postalCode());
        row.put("ORT01", plant.city());
        row.put("LAND1", plant.country());
        row.put("REGIO", plant.region());
        row.put("SPRAS", plant.language());
        row.put("IWERK", plant.werks());
        row.put("FABKL", plant.calendar());
        row.put("CHANGEDAT", Days.instant(CUSTOMIZED, 8 * 3600));
    }
}
