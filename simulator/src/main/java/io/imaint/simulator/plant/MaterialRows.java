package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;

/** The generated materials. */
final class MaterialRows extends RowMaker {

    MaterialRows(Company company) {
        super(IcwpModel.MATERIAL, company);
    }

    @Override
    public long count() {
        return company.stores.materials.size();
    }

    @Override
    public String key(long index, int part) {
        return company.stores.materials.get((int) index).number();
    }

    @Override
    void fill(long index, RowValues row) {
        Stores.Material material = company.stores.materials.get((int) index);
        row.put("MATNR", material.number());
        row.put("MAKTX", material.text());
        row.put("MTART", material.type());
        row.put("MATKL", material.group());
        row.put("MEINS", material.unit());
        row.put("BISMT", Digits.of("E", 4_100 + index * 7, 6));
        row.put("GROES", material.size());
        row.put("BRGEW", BigDecimal.valueOf(material.grams(), 3));
        row.put("GEWEI", "KG");
        row.put("LVORM", null);
        row.put("ERSDA", Days.date(PlantRows.CUSTOMIZED));
        row.put("LAEDA", null);
        row.put("CHANGEDAT", Days.instant(PlantRows.CUSTOMIZED, 9 * 3600));
    }
}
