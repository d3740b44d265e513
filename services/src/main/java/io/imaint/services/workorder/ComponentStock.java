package io.imaint.services.workorder;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What lies where a component is taken from. Source: SAP table MARD. */
record ComponentStock(
        @Nullable BigDecimal unrestrictedStock,
        @Nullable BigDecimal qualityInspectionStock,
        @Nullable BigDecimal blockedStock,
        @Nullable String baseUnit,
        @Nullable String storageBin,
        @Nullable Instant changedAt) {}
