package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import java.math.BigDecimal;

/** The generated bills of material: of each equipment, the spare parts of its class. */
final class BomItemRows extends RowMaker {

    BomItemRows(Company company) {
        super(IcwpModel.BOM_ITEM, company);
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
    void fill(long index, RowValues row) {
        long found = company.billItems.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Part part = type.kit().parts().get(PerEquipment.place(found));
        int startup = company.sites.startup(equipment, type);
        row.put("MATNR", "");
        row.put("EQUNR", Company.equipmentNumber(equipment));
        row.put("POSNR", position(PerEquipment.place(found)));
        row.put("STLNR", Digits.of(equipment + 1L, 8));
        row.put("IDNRK", part.material());
        row.put("POTX1", part.text());
        row.put("POSTP", "L");
        row.put("MENGE", BigDecimal.valueOf(part.most() * 1000L, 3));
        row.put("MEINS", part.unit());
        row.put("DATUV", Days.date(startup));
        row.put("CHANGEDAT", Days.instant(startup, 10 * 3600));
    }
}
