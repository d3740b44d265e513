package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import org.jspecify.annotations.Nullable;

/** The generated characteristics of equipment, such as power and speed. */
final class ClassCharacteristicRows extends RowMaker {
    private static final int OBJECT = IcwpModel.CLASS_CHARACTERISTIC.place("OBJECT");
    private static final int CLASS = IcwpModel.CLASS_CHARACTERISTIC.place("CLASS");
    private static final int ATNAM = IcwpModel.CLASS_CHARACTERISTIC.place("ATNAM");
    private static final int KLART = IcwpModel.CLASS_CHARACTERISTIC.place("KLART");
    private static final int ATBEZ = IcwpModel.CLASS_CHARACTERISTIC.place("ATBEZ");
    private static final int ATWRT = IcwpModel.CLASS_CHARACTERISTIC.place("ATWRT");
    private static final int ATFLV = IcwpModel.CLASS_CHARACTERISTIC.place("ATFLV");
    private static final int MSEHI = IcwpModel.CLASS_CHARACTERISTIC.place("MSEHI");
    private static final int CHANGEDAT = IcwpModel.CLASS_CHARACTERISTIC.place("CHANGEDAT");

    ClassCharacteristicRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        long found = company.traits.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Trait trait = type.kit().traits().get(PerEquipment.place(found));
        int value = company.dice.below(Roll.TRAIT, index, trait.texts().size());
        row[OBJECT] = Company.equipmentNumber(equipment);
        row[CLASS] = classOf(type);
        row[ATNAM] = trait.name();
        row[KLART] = "002";
        row[ATBEZ] = trait.text();
        row[ATWRT] = trait.numbers().isEmpty() ? trait.texts().get(value) : null;
        row[ATFLV] = trait.numbers().isEmpty() ? null : trait.numbers().get(value);
        row[MSEHI] = trait.unit();
        row[CHANGEDAT] = Days.instant(company.sites.startup(equipment, type), 10 * 3600);
    }
}
