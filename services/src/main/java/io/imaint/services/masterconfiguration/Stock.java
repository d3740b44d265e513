package io.imaint.services.masterconfiguration;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The stock of a material in a storage location. Source: SAP table MARD. */
record Stock(
        String material,
        @Nullable String materialDescription,
        @Nullable String plant,
        @Nullable String storageLocation,
        @Nullable BigDecimal unrestrictedStock,
        @Nullable BigDecimal qualityInspectionStock,
        @Nullable BigDecimal blockedStock,
        @Nullable String baseUnit,
        @Nullable String storageBin,
        @Nullable Instant changedAt) {}
