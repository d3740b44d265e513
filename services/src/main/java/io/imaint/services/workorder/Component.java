package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A material planned for an order. Source: SAP table RESB. */
record Component(
        String reservation,
        String item,
        @Nullable String operation,
        @Nullable String material,
        @Nullable String description,

        @Description("The plant from whose stock it is taken") @Nullable
        String stockPlant,

        @Nullable String storageLocation,
        @Nullable String batch,
        @Nullable LocalDate requirementDate,
        @Nullable BigDecimal requiredQuantity,
        @Nullable BigDecimal withdrawnQuantity,
        @Nullable String unit,
        @Nullable String movementType,
        @Nullable String itemCategory,

        @Description("Whether nothing more will be withdrawn")
        boolean finalIssue,

        boolean deletionFlag) {}
