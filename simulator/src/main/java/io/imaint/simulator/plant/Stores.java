package io.imaint.simulator.plant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The materials of the generated company: spare parts of each class of equipment, and exchange units of what is refurbished. */
final class Stores {
    /** The storage locations of every plant. */
    static final String[] LOCATIONS = {"0001", "0002"};

    /** A material; {@code kept} is the place in {@link #LOCATIONS} where it is kept. */
    record Material(
            String number, String text, String type, String group, String unit, String size, int grams, int kept) {}

    /** In the order of their numbers. */
    final List<Material> materials;

    Stores(Tables tables) {
        List<Material> all = new ArrayList<>();
        for (Tables.EquipmentClass type : tables.equipmentClasses) {
            for (Kit.Part part : type.kit().parts()) {
                all.add(new Material(
                        part.material(),
                        part.text(),
                        part.type(),
                        part.group(),
                        part.unit(),
                        part.size(),
                        part.grams(),
                        part.storage().equals(LOCATIONS[0]) ? 0 : 1));
            }
            for (int model = 0; type.refurbished() && model < models(type); model++) {
                all.add(new Material(
                        type.exchangeUnit(model),
                        type.name() + ", exchange unit " + (model + 1),
                        "UNBW",
                        "EXCHANGE",
                        "PC",
                        "Model " + (model + 1),
                        (type.kgFrom() + type.kgTo()) * 500,
                        1));
            }
        }
        all.sort(Comparator.comparing(Material::number));
        this.materials = List.copyOf(all);
    }

    private static int models(Tables.EquipmentClass type) {
        return type.makers().stream()
                .mapToInt(maker -> maker.models().size())
                .max()
                .orElse(0);
    }
}
