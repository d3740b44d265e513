package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An item of a bill of material. Source: SAP tables MAST, STPO. */
record BomItem(
        @Description("Whose bill of material it is; null for that of a material") @Nullable
        String equipment,

        @Nullable String equipmentDescription,
        @Nullable String material,
        @Nullable String plant,
        String item,
        @Nullable String billOfMaterial,

        @Description("The material that is built in") @Nullable
        String component,

        @Nullable String componentDescription,
        @Nullable String description,
        @Nullable String itemCategory,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable LocalDate validFrom) {}
