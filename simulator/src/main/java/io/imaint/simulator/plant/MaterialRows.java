package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The generated materials. */
final class MaterialRows extends RowMaker {
    private static final int MATNR = IcwpModel.MATERIAL.place("MATNR");
    private static final int MAKTX = IcwpModel.MATERIAL.place("MAKTX");
    private static final int MTART = IcwpModel.MATERIAL.place("MTART");
    private static final int MATKL = IcwpModel.MATERIAL.place("MATKL");
    private static final int MEINS = IcwpModel.MATERIAL.place("MEINS");
    private static final int BISMT = IcwpModel.MATERIAL.place("BISMT");
    private static final int GROES = IcwpModel.MATERIAL.place("GROES");
    private static final int BRGEW = IcwpModel.MATERIAL.place("BRGEW");
    private static final int GEWEI = IcwpModel.MATERIAL.place("GEWEI");
    private static final int LVORM = IcwpModel.MATERIAL.place("LVORM");
    private static final int ERSDA = IcwpModel.MATERIAL.place("ERSDA");
    private static final int LAEDA = IcwpModel.MATERIAL.place("LAEDA");
    private static final int CHANGEDAT = IcwpModel.MATERIAL.place("CHANGEDAT");

    MaterialRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        Stores.Material material = company.stores.materials.get((int) index);
        row[MATNR] = material.number();
        row[MAKTX] = material.text();
        row[MTART] = material.type();
        row[MATKL] = material.group();
        row[MEINS] = material.unit();
        row[BISMT] = Digits.of("E", 4_100 + index * 7, 6);
        row[GROES] = material.size();
        row[BRGEW] = BigDecimal.valueOf(material.grams(), 3);
        row[GEWEI] = "KG";
        row[LVORM] = null;
        row[ERSDA] = Days.date(PlantRows.CUSTOMIZED);
        row[LAEDA] = null;
        row[CHANGEDAT] = Days.instant(PlantRows.CUSTOMIZED, 9 * 3600);
    }
}
