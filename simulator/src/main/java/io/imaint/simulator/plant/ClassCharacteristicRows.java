package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;

/** The generated characteristics of equipment, such as power and speed. */
final class ClassCharacteristicRows extends RowMaker {

    ClassCharacteristicRows(Company company) {
        super(IcwpModel.CLASS_CHARACTERISTIC, company);
    }

    @Override
    public long count() {
        return company.traits.count();
    }

    @Override
    public String key(long index, int part) {
        long found = company.traits.find(index);
        int equipment = PerEquipment.equipment(found);
        return switch (part) {
            case 0 -> Company.equipmentNumber(equipment);
            case 1 -> classOf(company.type(equipment));
            default ->
                company.type(equipment)
                        .kit()
                        .traits()
                        .get(PerEquipment.place(found))
                        .name();
        };
    }

    private static String classOf(Tables.EquipmentClass type) {
        return "EQ_".concat(type.objectType());
    }

    @Override
    void fill(long index, RowValues row) {
        long found = company.traits.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Trait trait = type.kit().traits().get(PerEquipment.place(found));
        int value = company.dice.below(Roll.TRAIT, index, trait.texts().size());
        row.put("OBJECT", Company.equipmentNumber(equipment));
        row.put("CLASS", classOf(type));
        row.put("ATNAM", trait.name());
        row.put("KLART", "002");
        row.put("ATBEZ", trait.text());
        row.put("ATWRT", trait.numbers().isEmpty() ? trait.texts().get(value) : null);
        row.put("ATFLV", trait.numbers().isEmpty() ? null : trait.numbers().get(value));
        row.put("MSEHI", trait.unit());
        row.put("CHANGEDAT", Days.instant(company.sites.startup(equipment, type), 10 * 3600));
    }
}
