package io.imaint.services.workorder;

import io.imaint.services.command.ReferenceData;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Materials and what of them lies in a storage location. */
final class StockRules {
    private StockRules() {}

    /** The material, which must be in use and is counted in its base unit. */
    static @Nullable Document material(
            String at, @Nullable String number, @Nullable String unit, ReferenceData reference) {
        var material = reference.known(at + "material", Replicas.MATERIALS, number);
        if (material == null) {
            return null;
        }
        if (material.flag("deletionFlag")) {
            reference.findings().add(at + "material", "is marked for deletion in SAP; choose another");
        }
        var base = material.text("baseUnit");
        if (unit != null && base.isPresent() && !base.get().equals(unit)) {
            reference
                    .findings()
                    .add(at + "unit", "is '%s' but the material is counted in %s".formatted(unit, base.get()));
        }
        return material;
    }

    /** Notes where less lies there than is to be taken. */
    static void enough(Document movement, ReferenceData reference) {
        var quantity = movement.decimal("quantity").orElse(BigDecimal.ZERO);
        var material = movement.text("material");
        var plant = movement.text("stockPlant");
        var location = movement.text("storageLocation");
        if (material.isEmpty() || plant.isEmpty() || location.isEmpty()) {
            return;
        }
        var stock = reference.known("storageLocation", Replicas.STOCKS, material.get(), plant.get(), location.get());
        if (stock == null) {
            return;
        }
        var there = stock.decimal("unrestrictedStock").orElse(BigDecimal.ZERO);
        if (there.compareTo(quantity) < 0) {
            reference
                    .findings()
                    .add(
                            "quantity",
                            "is %s but only %s of %s lie in storage location %s of plant %s; take less, or from another"
                                    .formatted(
                                            quantity.toPlainString(),
                                            there.toPlainString(),
                                            material.get(),
                                            location.get(),
                                            plant.get()));
        }
    }
}
