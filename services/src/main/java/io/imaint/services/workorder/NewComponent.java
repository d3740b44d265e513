package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A material to plan for an order. */
record NewComponent(
        @Description("Required unless it is a non-stock item with a description") @Length(max = 40) @Nullable
        String material,

        @Length(max = 40) @Nullable String description,

        @Description("Digits; the first operation where there are none") @Length(max = 4) @Nullable
        String operation,

        @Description("That of the order where none is entered") @Length(max = 4) @Nullable
        String stockPlant,

        @Length(max = 4) @Nullable String storageLocation,
        @Length(max = 10) @Nullable String batch,
        @Nullable LocalDate requirementDate,
        BigDecimal requiredQuantity,

        @Description("The material's base unit") @Length(max = 3) @Nullable
        String unit,

        @Description("L for a stock item, N for another") @Length(max = 1) @Nullable
        String itemCategory) {}
