package io.imaint.services.masterconfiguration;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A material that maintenance uses. Source: SAP tables MARA, MAKT. */
record Material(
        String material,
        @Nullable String description,
        @Nullable String materialType,
        @Nullable String materialGroup,
        @Nullable String baseUnit,
        @Nullable String oldMaterialNumber,
        @Nullable String size,
        @Nullable BigDecimal weight,
        @Nullable String weightUnit,
        boolean deletionFlag,
        @Nullable Instant changedAt) {}
