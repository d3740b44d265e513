package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The generated bills of material: of each equipment, the spare parts of its class. */
final class BomItemRows extends RowMaker {
    private static final int MATNR = IcwpModel.BOM_ITEM.place("MATNR");
    private static final int EQUNR = IcwpModel.BOM_ITEM.place("EQUNR");
    private static final int POSNR = IcwpModel.BOM_ITEM.place("POSNR");
    private static final int STLNR = IcwpModel.BOM_ITEM.place("STLNR");
    private static final int IDNRK = IcwpModel.BOM_ITEM.place("IDNRK");
    private static final int POTX1 = IcwpModel.BOM_ITEM.place("POTX1");
    private static final int POSTP = IcwpModel.BOM_ITEM.place("POSTP");
    private static final int MENGE = IcwpModel.BOM_ITEM.place("MENGE");
    private static final int MEINS = IcwpModel.BOM_ITEM.place("MEINS");
    private static final int DATUV = IcwpModel.BOM_ITEM.place("DATUV");
    private static final int CHANGEDAT = IcwpModel.BOM_ITEM.place("CHANGEDAT");

    BomItemRows(Company company) {
        super(company);
    }

    @Override
    public long count() {
        return company.billItems.count();
    }

    @Override
    public String key(long index, int part) {
        long found = company.billItems.find(index);
        return switch (part) {
            case 0 -> "";
            case 1 -> Company.equipmentNumber(PerEquipment.equipment(found));
            default -> position(PerEquipment.place(found));
        };
    }

    private static String position(int place) {
        return Digits.of((place + 1L) * 10, 4);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        long found = company.billItems.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Part part = type.kit().parts().get(PerEquipment.place(found));
        int startup = company.sites.startup(equipment, type);
        row[MATNR] = "";
        row[EQUNR] = Company.equipmentNumber(equipment);
        row[POSNR] = position(PerEquipment.place(found));
        row[STLNR] = Digits.of(equipment + 1L, 8);
        row[IDNRK] = part.material();
        row[POTX1] = part.text();
        row[POSTP] = "L";
        row[MENGE] = BigDecimal.valueOf(part.most() * 1000L, 3);
        row[MEINS] = part.unit();
        row[DATUV] = Days.date(startup);
        row[CHANGEDAT] = Days.instant(startup, 10 * 3600);
    }
}
