package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;

/** The generated stock: every material in every plant, most of it where it is kept. */
final class StockRows extends RowMaker {

    /** Of a material where it is kept, at least and at most; and elsewhere, where most have none. */
    private static final int KEPT_MIN = 8;

    private static final int KEPT_MAX = 140;
    private static final int ELSEWHERE_MAX = 12;
    private static final int ELSEWHERE_PERCENT = 25;
    private static final int COUNTED_DAYS = 400;
    private static final BigDecimal NONE = BigDecimal.valueOf(0, 3);

    private final int perMaterial;

    StockRows(Company company) {
        super(IcwpModel.STOCK, company);
        this.perMaterial = company.sites.plants.size() * Stores.LOCATIONS.length;
    }

    @Override
    public long count() {
        return (long) company.stores.materials.size() * perMaterial;
    }

    @Override
    public String key(long index, int part) {
        return switch (part) {
            case 0 -> material(index).number();
            case 1 ->
                company.sites
                        .plants
                        .get((int) index % perMaterial / Stores.LOCATIONS.length)
                        .werks();
            default -> Stores.LOCATIONS[location(index)];
        };
    }

    private Stores.Material material(long index) {
        return company.stores.materials.get((int) index / perMaterial);
    }

    private static int location(long index) {
        return (int) index % Stores.LOCATIONS.length;
    }

    @Override
    void fill(long index, RowValues row) {
        Dice dice = company.dice;
        boolean kept = material(index).kept() == location(index);
        boolean some = kept || dice.chance(Roll.STOCK, -index - 1, ELSEWHERE_PERCENT);
        int stock = kept
                ? dice.between(Roll.STOCK, index, KEPT_MIN, KEPT_MAX)
                : dice.between(Roll.STOCK, index, 1, ELSEWHERE_MAX);
        row.put("MATNR", key(index, 0));
        row.put("WERKS", key(index, 1));
        row.put("LGORT", key(index, 2));
        row.put("LABST", some ? BigDecimal.valueOf(stock * 1000L, 3) : NONE);
        row.put("INSME", NONE);
        row.put("SPEME", kept && stock % 9 == 0 ? BigDecimal.valueOf(1000, 3) : NONE);
        row.put("MEINS", material(index).unit());
        row.put("LGPBE", some ? Digits.of(location(index) == 0 ? "A-" : "H-", index / perMaterial + 1, 3) : null);
        row.put(
                "CHANGEDAT",
                Days.instant(
                        Days.TODAY - 1 - dice.below(Roll.CHANGED, index, COUNTED_DAYS),
                        dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600)));
    }
}
